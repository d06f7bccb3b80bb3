package dev.weft.firewall.ipset;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// An entry as text, in the manner of ipset(8).
final class IpSetEntryText {
    private static final long MOST_MARK = 0xffff_ffffL;
    private static final int MOST_MINOR = 0xffff;

    private IpSetEntryText() {}

    static String of(IpSetEntry entry, IpSetType type) {
        StringJoiner line = new StringJoiner(" ");
        line.add(String.join(",", parts(entry, type)));
        entry.timeout().map(Duration::toSeconds).ifPresent(left -> line.add("timeout " + left));
        if (entry.isException()) {
            line.add("nomatch");
        }
        entry.packets().ifPresent(count -> line.add("packets " + Long.toUnsignedString(count)));
        entry.bytes().ifPresent(count -> line.add("bytes " + Long.toUnsignedString(count)));
        entry.comment().ifPresent(text -> line.add("comment \"" + text + '"'));
        packetInfo(line, entry.attributes());
        return line.toString();
    }

    /// The parts that the entry has: the last may be missing.
    private static List<String> parts(IpSetEntry entry, IpSetType type) {
        List<String> parts = new ArrayList<>();
        Optional<IpPrefix> next = entry.network();
        for (IpSetType.Part part : type.parts()) {
            switch (part) {
                case IP, NET -> {
                    next.map(IpSetEntryText::network).ifPresent(parts::add);
                    next = entry.secondNetwork();
                }
                case PORT -> port(entry).ifPresent(parts::add);
                case MAC -> entry.hardwareAddress().map(Object::toString).ifPresent(parts::add);
                case MARK ->
                        entry.attributes()
                                .find(IpSetEntryAttributes.MARK)
                                .ifPresent(mark ->
                                        parts.add("0x" + HexFormat.of().toHexDigits(mark, 8)));
                case IFACE ->
                        entry.link()
                                .map(name -> (entry.isBridgePort() ? "physdev:" : "") + name)
                                .ifPresent(parts::add);
                case SET -> entry.setName().ifPresent(parts::add);
            }
        }
        return parts;
    }

    private static String network(IpPrefix network) {
        return network.equals(IpPrefix.host(network.address()))
                ? IpPrefix.textOf(network.address())
                : network.toString();
    }

    private static Optional<String> port(IpSetEntry entry) {
        return entry.port()
                .map(port ->
                        entry.protocol()
                                .map(protocol -> protocol + ":" + ofProtocol(protocol, port))
                                .orElse("" + port));
    }

    private static String ofProtocol(TransportProtocol protocol, int port) {
        boolean icmp =
                protocol.equals(TransportProtocol.ICMP)
                        || protocol.equals(TransportProtocol.ICMPV6);
        return icmp ? (port >> Byte.SIZE) + "/" + (port & 0xff) : "" + port;
    }

    private static void packetInfo(StringJoiner line, Attributes attributes) {
        attributes
                .find(IpSetEntryAttributes.PACKET_MARK)
                .ifPresent(both -> {
                    long mask = both & MOST_MARK;
                    line.add(
                            "skbmark 0x"
                                    + hex(both >>> Integer.SIZE)
                                    + (mask == MOST_MARK ? "" : "/0x" + hex(mask)));
                });
        attributes
                .find(IpSetEntryAttributes.PACKET_PRIORITY)
                .ifPresent(both ->
                        line.add(
                                "skbprio "
                                        + hex(both >>> Short.SIZE)
                                        + ":"
                                        + hex(both & MOST_MINOR)));
        attributes
                .find(IpSetEntryAttributes.PACKET_QUEUE)
                .ifPresent(queue -> line.add("skbqueue " + queue));
    }

    private static String hex(long number) {
        return Long.toHexString(number);
    }
}
