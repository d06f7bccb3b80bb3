package dev.weft.firewall.iptables;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.packet.IcmpSocket;
import dev.weft.linux.packet.IcmpSocketOptions;
import dev.weft.testkit.Command;
import java.util.stream.Stream;

/// A new network namespace for one test, and the command `iptables` in it. Closing it leaves
/// nothing.
final class IptablesSandbox implements AutoCloseable {
    private static final int LOOPBACK = 1;
    private static final int ECHO_BYTES = 8;

    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final Flavour flavour;
    private final Iptables iptables;

    IptablesSandbox(Flavour flavour) {
        this.flavour = flavour;
        this.iptables = Iptables.open(options());
    }

    IptablesOptions options() {
        return IptablesOptions.DEFAULT
                .withFamily(flavour.family())
                .withVariant(flavour.variant())
                .withNamespace(namespace);
    }

    Iptables iptables() {
        return iptables;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /// What the program itself prints for a command, to its success.
    String run(String... arguments) {
        return Command.run(inside(flavour.variant().program(flavour.family()), arguments))
                .orFail()
                .stdout();
    }

    /// What `iptables-save` prints of a table, without its remarks.
    String save(String table) {
        String program = flavour.variant().program(flavour.family()) + "-save";
        return Command.run(inside(program, "-t", table))
                .orFail()
                .stdout()
                .replaceAll("(?m)^#.*\n", "");
    }

    /// Sends an echo request over the loopback, which is through OUTPUT when this returns.
    void sendEcho() {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            new Links(socket).change(LOOPBACK, LinkRequest.empty().up());
        }
        IcmpSocketOptions options = isIpv4() ? IcmpSocketOptions.ipv4() : IcmpSocketOptions.ipv6();
        byte[] request = new byte[ECHO_BYTES];
        request[0] = (byte) (isIpv4() ? 8 : 128);
        try (IcmpSocket socket = IcmpSocket.open(namespace, options)) {
            socket.send(IpPrefix.parseAddress(isIpv4() ? "127.0.0.1" : "::1"), request);
        }
    }

    /// What the rules count for that, with the header of IP.
    int echoBytes() {
        return (isIpv4() ? 20 : 40) + ECHO_BYTES;
    }

    /// The match of it alone, as the programs print it.
    String echoMatch() {
        return isIpv4()
                ? "-p icmp -m icmp --icmp-type 8"
                : "-p ipv6-icmp -m icmp6 --icmpv6-type 128";
    }

    private boolean isIpv4() {
        return flavour.family() == IpFamily.IPV4;
    }

    String[] inside(String program, String... arguments) {
        return Stream.concat(
                        Stream.of("nsenter", "--net=" + namespace.path(), program),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        namespace.close();
    }
}
