package dev.weft.linux.link;

import dev.weft.linux.netlink.AttributeTable;
import java.util.List;
import java.util.Optional;

/// A kind of link whose data Weft knows. Links of other kinds are read as well, their data kept as
/// bytes.
///
/// @param kernelName the name the kernel uses, `veth`
/// @param data the attributes of a link of this kind; none when it has none of its own
/// @param port the attributes it keeps for each of its ports
public record LinkKind(
        String kernelName, Optional<AttributeTable> data, Optional<AttributeTable> port) {
    /// Makes several links share the traffic of one.
    public static final LinkKind BOND =
            master("bond", BondAttributes.TABLE, BondPortAttributes.TABLE);

    /// Switches between its ports.
    public static final LinkKind BRIDGE =
            master("bridge", BridgeAttributes.TABLE, BridgePortAttributes.TABLE);

    /// Drops what it is given: an interface for addresses.
    public static final LinkKind DUMMY = plain("dummy");

    /// Mirrored Ethernet frames over GRE.
    public static final LinkKind ERSPAN = of("erspan", GreAttributes.TABLE);

    /// Ethernet over UDP with options.
    public static final LinkKind GENEVE = of("geneve", GeneveAttributes.TABLE);

    /// IP over GRE over IPv4.
    public static final LinkKind GRE = of("gre", GreAttributes.TABLE);

    /// Ethernet over GRE over IPv4.
    public static final LinkKind GRETAP = of("gretap", GreAttributes.TABLE);

    /// Gives what it is sent back as received, so that ingress can be shaped.
    public static final LinkKind IFB = plain("ifb");

    /// IP over GRE over IPv6.
    public static final LinkKind IP6GRE = of("ip6gre", Ip6GreAttributes.TABLE);

    /// Ethernet over GRE over IPv6.
    public static final LinkKind IP6GRETAP = of("ip6gretap", Ip6GreAttributes.TABLE);

    /// IP over IPv6.
    public static final LinkKind IP6TNL = of("ip6tnl", Ip6TunnelAttributes.TABLE);

    /// IPv4 over IPv4.
    public static final LinkKind IPIP = of("ipip", IpTunnelAttributes.TABLE);

    /// A link with its parent's hardware address and IP addresses of its own.
    public static final LinkKind IPVLAN = of("ipvlan", IpvlanAttributes.TABLE);

    /// An ipvlan whose packets a program reads.
    public static final LinkKind IPVTAP = of("ipvtap", IpvlanAttributes.TABLE);

    /// A link with a hardware address of its own on its parent's wire.
    public static final LinkKind MACVLAN = of("macvlan", MacvlanAttributes.TABLE);

    /// A macvlan whose frames a program reads.
    public static final LinkKind MACVTAP = of("macvtap", MacvlanAttributes.TABLE);

    /// A pair like veth, driven by programs.
    public static final LinkKind NETKIT = of("netkit", NetkitAttributes.TABLE);

    /// IPv6 over IPv4.
    public static final LinkKind SIT = of("sit", IpTunnelAttributes.TABLE);

    /// The kernel's end of a program's link. Not made by netlink.
    public static final LinkKind TUN = of("tun", TunAttributes.TABLE);

    /// One end of a pair: what enters one leaves the other.
    public static final LinkKind VETH = of("veth", VethAttributes.TABLE);

    /// The frames of its parent that have one VLAN tag.
    public static final LinkKind VLAN = of("vlan", VlanAttributes.TABLE);

    /// Gives its ports a routing table of their own.
    public static final LinkKind VRF = master("vrf", VrfAttributes.TABLE, VrfPortAttributes.TABLE);

    /// Ethernet over UDP.
    public static final LinkKind VXLAN = of("vxlan", VxlanAttributes.TABLE);

    /// IP over WireGuard; keys and peers are set by its own netlink family.
    public static final LinkKind WIREGUARD = plain("wireguard");

    private static final List<LinkKind> ALL =
            List.of(
                    BOND, BRIDGE, DUMMY, ERSPAN, GENEVE, GRE, GRETAP, IFB, IP6GRE, IP6GRETAP,
                    IP6TNL, IPIP, IPVLAN, IPVTAP, MACVLAN, MACVTAP, NETKIT, SIT, TUN, VETH, VLAN,
                    VRF, VXLAN, WIREGUARD);

    private static LinkKind plain(String kernelName) {
        return new LinkKind(kernelName, Optional.empty(), Optional.empty());
    }

    private static LinkKind of(String kernelName, AttributeTable data) {
        return new LinkKind(kernelName, Optional.of(data), Optional.empty());
    }

    private static LinkKind master(String kernelName, AttributeTable data, AttributeTable port) {
        return new LinkKind(kernelName, Optional.of(data), Optional.of(port));
    }

    /// Every kind.
    public static List<LinkKind> all() {
        return ALL;
    }

    /// The kind of a kernel name, if Weft knows it.
    public static Optional<LinkKind> find(String kernelName) {
        return ALL.stream().filter(kind -> kind.kernelName.equals(kernelName)).findFirst();
    }
}
