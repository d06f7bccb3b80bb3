package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.ConnectionAttributes.Filter;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the kernel is asked to leave out of a dump. Gathered from the conditions of a filter, which
/// all must hold; of two that exclude each other the kernel hears the last.
final class DumpFilter {
    private final Set<IpFamily> families = EnumSet.allOf(IpFamily.class);
    private final TupleFilter original = new TupleFilter();
    private final TupleFilter reply = new TupleFilter();
    private final List<Consumer<AttributeWriter>> others = new ArrayList<>();
    private @Nullable TransportProtocol protocol;
    private int status;
    private int statusMask;

    void family(IpFamily only) {
        families.retainAll(Set.of(only));
    }

    void protocol(TransportProtocol only) {
        protocol = only;
    }

    TupleFilter tuple(Direction direction) {
        return switch (direction) {
            case ORIGINAL -> original;
            case REPLY -> reply;
        };
    }

    void mark(long value, long mask) {
        others.add(writer ->
                writer.put(ConnectionAttributes.MARK, value)
                        .put(ConnectionAttributes.MARK_MASK, mask));
    }

    void zone(int number) {
        others.add(writer -> writer.put(ConnectionAttributes.ZONE, number));
    }

    void status(int bits, int mask) {
        status |= bits;
        statusMask |= mask;
    }

    /// The families to ask for, one dump each; 0 stands for both. The kernel can tell what a tuple
    /// means in a known family only.
    List<Integer> families() {
        boolean both = families.size() == IpFamily.values().length;
        return both && flags() == 0 ? List.of(0) : families.stream().map(IpFamily::number).toList();
    }

    private int flags() {
        return original.flags(protocol) | reply.flags(protocol);
    }

    Attributes attributes() {
        return Attributes.build(ConnectionAttributes.TABLE, this::encode);
    }

    private void encode(AttributeWriter writer) {
        others.forEach(part -> part.accept(writer));
        if (statusMask != 0) {
            writer.put(ConnectionAttributes.STATUS, status)
                    .put(ConnectionAttributes.STATUS_MASK, statusMask);
        }
        if (flags() != 0) {
            tuple(writer, ConnectionAttributes.ORIGINAL, original);
            tuple(writer, ConnectionAttributes.REPLY, reply);
            writer.nest(
                    ConnectionAttributes.FILTER,
                    inside ->
                            inside.put(Filter.ORIGINAL, original.flags(protocol))
                                    .put(Filter.REPLY, reply.flags(protocol)));
        }
    }

    private void tuple(AttributeWriter writer, Attribute<Attributes> which, TupleFilter part) {
        if (part.flags(protocol) != 0) {
            writer.nest(which, inside -> part.encode(inside, protocol));
        }
    }
}
