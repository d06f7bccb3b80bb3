package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/// What is asked of a next hop object. Immutable, each method answers a new request.
public final class NextHopRequest {
    private static final int RESILIENT = 1;

    private final int family;
    private final RouteProtocol protocol;
    private final int flags;
    private final Attributes attributes;

    private NextHopRequest(int family, RouteProtocol protocol, int flags, Attributes attributes) {
        this.family = family;
        this.protocol = protocol;
        this.flags = flags;
        this.attributes = attributes;
    }

    private static NextHopRequest of(int family, Consumer<AttributeWriter> content) {
        Attributes attributes = Attributes.build(NextHopAttributes.TABLE, content);
        return new NextHopRequest(family, RouteProtocol.UNSPECIFIED, 0, attributes);
    }

    /// A router on a link.
    public static NextHopRequest via(InetAddress gateway, int outputLink) {
        return of(
                IpFamily.of(gateway).number(),
                writer ->
                        writer.put(NextHopAttributes.GATEWAY, gateway)
                                .put(NextHopAttributes.OUTPUT_LINK, outputLink));
    }

    /// A link on which the destinations are themselves.
    public static NextHopRequest link(IpFamily family, int outputLink) {
        return of(family.number(), writer -> writer.put(NextHopAttributes.OUTPUT_LINK, outputLink));
    }

    /// Nowhere. The kernel hangs it on the loopback link, which must be up.
    public static NextHopRequest blackhole(IpFamily family) {
        return of(family.number(), writer -> writer.put(NextHopAttributes.BLACKHOLE, true));
    }

    /// Several next hops, which must exist; flows spread over them by hash.
    public static NextHopRequest group(List<NextHopMember> members) {
        return of(0, writer -> writer.put(NextHopAttributes.GROUP, members));
    }

    /// Several next hops over which flows stay spread when members come and go.
    ///
    /// @param values of [ResilientGroupAttributes]
    public static NextHopRequest resilientGroup(
            List<NextHopMember> members, Consumer<AttributeWriter> values) {
        return of(
                0,
                writer ->
                        writer.put(NextHopAttributes.GROUP, members)
                                .put(NextHopAttributes.GROUP_TYPE, RESILIENT)
                                .nest(NextHopAttributes.RESILIENT_GROUP, values));
    }

    /// A tunnel's other end, for forwarding entries of a bridge.
    public static NextHopRequest forwardingEntry(InetAddress end) {
        return of(
                IpFamily.of(end).number(),
                writer ->
                        writer.put(NextHopAttributes.GATEWAY, end)
                                .put(NextHopAttributes.FORWARDING_DATABASE, true));
    }

    /// Any attribute of a next hop.
    public <T> NextHopRequest set(Attribute<T> attribute, T value) {
        Attributes more = attributes.and(writer -> writer.put(attribute, value));
        return new NextHopRequest(family, protocol, flags, more);
    }

    /// Under a number of the caller's choice, instead of the kernel's.
    public NextHopRequest id(long number) {
        return set(NextHopAttributes.ID, number);
    }

    public NextHopRequest protocol(RouteProtocol maker) {
        return new NextHopRequest(family, maker, flags, attributes);
    }

    /// Sets a flag, of which the kernel takes [RouteFlag#ON_LINK].
    public NextHopRequest flag(RouteFlag flag) {
        return new NextHopRequest(family, protocol, flags | flag.bit(), attributes);
    }

    /// Packs what is sent.
    ///
    /// @param values of the way's own table
    public NextHopRequest encapsulate(Encapsulation way, Consumer<AttributeWriter> values) {
        Attributes more =
                attributes.and(writer ->
                        writer.put(NextHopAttributes.ENCAPSULATION_TYPE, way.number())
                                .nest(NextHopAttributes.ENCAPSULATION, values));
        return new NextHopRequest(family, protocol, flags, more);
    }

    void header(ByteWriter writer) {
        writer.u8(family).u8(0).u8(protocol.number()).u8(0).s32(flags);
    }

    Attributes attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return "next hop "
                + attributes
                        .find(NextHopAttributes.ID)
                        .map(String::valueOf)
                        .orElse("of any number");
    }
}
