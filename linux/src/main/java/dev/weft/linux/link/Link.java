package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A link as the kernel described it, whole: what has no accessor here is in [#attributes].
///
/// @param index the number by which the kernel knows it in its namespace
/// @param hardwareType `ARPHRD_*`: 1 Ethernet, 772 loopback, 65534 none
/// @param flags `IFF_*` bits, see [#has]
/// @param attributes of [LinkAttributes]
public record Link(int index, int hardwareType, int flags, Attributes attributes) {

    static Link decode(NetlinkMessage message) {
        LinkHeader header = LinkHeader.decode(message.body());
        return new Link(
                header.index(),
                header.hardwareType(),
                header.flags(),
                Attributes.decode(LinkAttributes.TABLE, message.body().from(LinkHeader.BYTES)));
    }

    public String name() {
        return attributes.orElse(LinkAttributes.NAME, "");
    }

    /// Bytes; 0 when the kernel does not say.
    public int mtu() {
        return attributes.orElse(LinkAttributes.MTU, 0);
    }

    public Optional<HardwareAddress> address() {
        return attributes.find(LinkAttributes.ADDRESS);
    }

    /// The index of the bridge, bond or VRF it is a port of.
    public Optional<Integer> master() {
        return attributes.find(LinkAttributes.MASTER);
    }

    /// The index of the link below, or of a veth's other end.
    public Optional<Integer> lower() {
        return attributes.find(LinkAttributes.LOWER);
    }

    /// Names beside [#name].
    public List<String> alternativeNames() {
        return attributes.orElse(LinkAttributes.ALTERNATIVE_NAMES, List.of());
    }

    /// The text that its owner set.
    public Optional<String> alias() {
        return attributes.find(LinkAttributes.ALIAS);
    }

    /// Its group; 0 is the default one.
    public int group() {
        return attributes.orElse(LinkAttributes.GROUP, 0);
    }

    /// What it can do at present.
    public OperationalState operationalState() {
        return attributes.orElse(LinkAttributes.OPERATIONAL_STATE, OperationalState.UNKNOWN);
    }

    /// What was counted; none when the request left it out.
    public Optional<LinkStatistics> statistics() {
        return attributes.find(LinkAttributes.STATISTICS);
    }

    /// A sysctl of IPv4, where the link has IPv4.
    public OptionalInt ipv4(Ipv4Setting setting) {
        List<Integer> settings =
                attributes
                        .find(LinkAttributes.FAMILIES)
                        .flatMap(families -> families.find(FamilyAttributes.IPV4))
                        .flatMap(ipv4 -> ipv4.find(Ipv4LinkAttributes.SETTINGS))
                        .orElse(List.of());
        return setting.number() <= settings.size()
                ? OptionalInt.of(settings.get(setting.number() - 1))
                : OptionalInt.empty();
    }

    public boolean has(LinkFlag flag) {
        return (flags & flag.bit()) != 0;
    }

    /// Whether it is set up (it may still lack a carrier, see [LinkFlag#LOWER_UP]).
    public boolean isUp() {
        return has(LinkFlag.UP);
    }

    /// The kernel's name of its kind; none for a physical or loopback device.
    public Optional<String> kindName() {
        return info().flatMap(info -> info.find(LinkInfoAttributes.KIND));
    }

    /// Its kind, if Weft knows it.
    public Optional<LinkKind> kind() {
        return kindName().flatMap(LinkKind::find);
    }

    /// A value of its kind's own data.
    public <T> Optional<T> data(Attribute<T> attribute) {
        return info().flatMap(info -> info.nested(LinkInfoAttributes.DATA))
                .flatMap(data -> data.find(attribute));
    }

    /// A value that its master keeps for it as a port.
    public <T> Optional<T> port(Attribute<T> attribute) {
        return info().flatMap(info -> info.nested(LinkInfoAttributes.PORT_DATA))
                .flatMap(port -> port.find(attribute));
    }

    /// This link with other values kept for it as a port.
    Link withPort(Attributes port) {
        Attributes rest = attributes.without(LinkAttributes.INFO);
        Attributes info =
                attributes
                        .orElse(LinkAttributes.INFO, Attributes.empty(LinkInfoAttributes.TABLE))
                        .without(LinkInfoAttributes.PORT_DATA)
                        .and(writer ->
                                writer.nest(
                                        LinkInfoAttributes.PORT_DATA, inside -> inside.all(port)));
        return new Link(
                index,
                hardwareType,
                flags,
                rest.and(writer -> writer.put(LinkAttributes.INFO, info)));
    }

    private Optional<Attributes> info() {
        return attributes.find(LinkAttributes.INFO);
    }
}
