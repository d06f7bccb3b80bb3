package dev.weft.bench;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;

/// Published ports as Weft keeps them: elements of a map that one rule looks up, changed through a
/// socket that stays open.
final class PortMap implements AutoCloseable {
    private static final Table TABLE = Table.of(Family.IP, "weft_bench");
    private static final Chain PREROUTING =
            Chain.base(
                    TABLE, "prerouting", ChainType.NAT, Hook.PREROUTING, Priority.DESTINATION_NAT);
    private static final NftSet PORTS =
            NftSet.map(
                    TABLE,
                    "ports",
                    List.of(DataType.IPV4_ADDR, DataType.INET_PROTO, DataType.INET_SERVICE),
                    List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE));

    private static final InetAddress HOST = IpPrefix.parseAddress("192.0.2.1");
    private static final InetAddress CONTAINER = IpPrefix.parseAddress("10.20.0.2");

    /// What fits into the socket buffer that an unprivileged process gets.
    static final int PORTS_AT_ONCE = 250;

    private static final int TCP = 6;
    private static final int CONTAINER_PORT = 80;

    private final Nftables nftables = Nftables.open();

    PortMap() {
        nftables.apply(
                new Batch()
                        .create(TABLE)
                        .create(PREROUTING)
                        .create(PORTS)
                        .append(
                                Rule.in(PREROUTING)
                                        .destinationNat(
                                                PORTS,
                                                Selector.IP_DADDR,
                                                Selector.L4PROTO,
                                                Selector.TH_DPORT)));
    }

    /// Has so many ports published, from number 0 on.
    void fill(int count) {
        nftables.apply(new Batch().flush(PORTS));
        for (int from = 0; from < count; from += PORTS_AT_ONCE) {
            nftables.apply(
                    new Batch().add(PORTS, elements(from, Math.min(count, from + PORTS_AT_ONCE))));
        }
        settle();
    }

    private static List<Element> elements(int from, int end) {
        return IntStream.range(from, end).mapToObj(PortMap::element).toList();
    }

    /// Publishes a port.
    void publish(int number) {
        nftables.apply(new Batch().add(PORTS, element(number)));
    }

    /// Takes ports back.
    void withdraw(int from, int count) {
        nftables.apply(new Batch().delete(PORTS, elements(from, from + count)));
        settle();
    }

    /// Waits until the kernel has cleaned up after deletions: whoever closes a socket next would
    /// wait for that, and each program closes one.
    static void settle() {
        Nftables.open().close();
    }

    private static Element element(int number) {
        return Element.of(
                Datum.concat(Datum.address(HOST), Datum.u8(TCP), Datum.port(port(number))),
                Datum.concat(Datum.address(CONTAINER), Datum.port(CONTAINER_PORT)));
    }

    /// The host's port of a number.
    static int port(int number) {
        return number + 1024;
    }

    @Override
    public void close() {
        nftables.apply(new Batch().delete(TABLE));
        nftables.close();
    }
}
