package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.Condition.End;
import dev.weft.firewall.conntrack.TupleAttributes.Addresses;
import dev.weft.firewall.conntrack.TupleAttributes.Protocol;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.netlink.AttributeWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The parts of one direction's tuple that a dump is limited by (`CTA_FILTER_F_*`,
/// `net/netfilter/nf_conntrack_netlink.c`).
final class TupleFilter {
    private static final int SOURCE = 1;
    private static final int DESTINATION = 1 << 1;
    private static final int PROTOCOL = 1 << 3;
    private static final int SOURCE_PORT = 1 << 4;
    private static final int DESTINATION_PORT = 1 << 5;

    private final List<Consumer<AttributeWriter>> addresses = new ArrayList<>();
    private final List<Consumer<AttributeWriter>> ports = new ArrayList<>();
    private int addressFlags;
    private int portFlags;

    /// IPv4 only: the kernel's comparison of IPv6 addresses is the wrong way round, it leaves out
    /// those that are asked for (`ctnetlink_filter_match_tuple`, seen with 6.18).
    void address(End end, InetAddress address) {
        if (!(address instanceof Inet4Address four)) {
            return;
        }
        switch (end) {
            case SOURCE -> {
                addressFlags |= SOURCE;
                addresses.add(writer -> writer.put(Addresses.SOURCE4, four));
            }
            case DESTINATION -> {
                addressFlags |= DESTINATION;
                addresses.add(writer -> writer.put(Addresses.DESTINATION4, four));
            }
        }
    }

    void port(End end, int port) {
        switch (end) {
            case SOURCE -> {
                portFlags |= SOURCE_PORT;
                ports.add(writer -> writer.put(Protocol.SOURCE_PORT, port));
            }
            case DESTINATION -> {
                portFlags |= DESTINATION_PORT;
                ports.add(writer -> writer.put(Protocol.DESTINATION_PORT, port));
            }
        }
    }

    /// What of it the kernel is asked for: ports mean nothing to it without a protocol.
    int flags(@Nullable TransportProtocol protocol) {
        return protocol == null ? addressFlags : addressFlags | portFlags | PROTOCOL;
    }

    /// Writes attributes of [TupleAttributes].
    void encode(AttributeWriter writer, @Nullable TransportProtocol protocol) {
        if (addressFlags != 0) {
            writer.nest(
                    TupleAttributes.ADDRESSES,
                    inside -> addresses.forEach(part -> part.accept(inside)));
        }
        if (protocol != null) {
            writer.nest(
                    TupleAttributes.PROTOCOL,
                    inside -> {
                        inside.put(Protocol.NUMBER, protocol.number());
                        ports.forEach(part -> part.accept(inside));
                    });
        }
    }
}
