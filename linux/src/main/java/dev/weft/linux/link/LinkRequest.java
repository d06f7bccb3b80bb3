package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// What is asked of a link: only what was named here is set; the kernel chooses or keeps the rest.
/// Immutable, each method answers a new request.
///
/// ```java
/// links.create(LinkRequest.veth("web0", LinkRequest.named("eth0").in(container).queues(1))
///         .queues(1).master(bridge.index()).up());
/// ```
public final class LinkRequest {
    static final Codec<LinkRequest> CODEC =
            Codec.of("link", LinkRequest::decode, (writer, link) -> link.encode(writer));

    private static final int MAX_NAME_BYTES = 15;

    private final LinkHeader header;
    private final Attributes attributes;

    private LinkRequest(LinkHeader header, Attributes attributes) {
        this.header = header;
        this.attributes = attributes;
    }

    /// Nothing asked yet: for changes, or a peer whose name the kernel chooses.
    public static LinkRequest empty() {
        return new LinkRequest(
                new LinkHeader(0, 0, 0, 0, 0), Attributes.empty(LinkAttributes.TABLE));
    }

    /// A name asked for.
    ///
    /// @throws InvalidRequestException when the kernel would not take it
    public static LinkRequest named(String name) {
        return empty().set(LinkAttributes.NAME, validName(name));
    }

    /// A link of a kind, with its own data as given.
    public static LinkRequest of(LinkKind kind, String name, Consumer<AttributeWriter> data) {
        return named(name).info(kind.kernelName(), data);
    }

    /// A link of a kind with the kernel's defaults.
    public static LinkRequest of(LinkKind kind, String name) {
        return ofUnknown(kind.kernelName(), name);
    }

    /// A link of a kind that Weft has no table for, with the kernel's defaults.
    public static LinkRequest ofUnknown(String kindName, String name) {
        return named(name)
                .nest(LinkAttributes.INFO, info -> info.put(LinkInfoAttributes.KIND, kindName));
    }

    /// A change of a kind's own data.
    public static LinkRequest dataOf(LinkKind kind, Consumer<AttributeWriter> data) {
        return empty().info(kind.kernelName(), data);
    }

    /// A change of what its master, of a kind, keeps for a port.
    public static LinkRequest portOf(LinkKind master, Consumer<AttributeWriter> data) {
        return empty().nest(
                        LinkAttributes.INFO,
                        info ->
                                info.put(LinkInfoAttributes.PORT_KIND, master.kernelName())
                                        .nest(LinkInfoAttributes.PORT_DATA, data));
    }

    private LinkRequest info(String kindName, Consumer<AttributeWriter> data) {
        return nest(
                LinkAttributes.INFO,
                info ->
                        info.put(LinkInfoAttributes.KIND, kindName)
                                .nest(LinkInfoAttributes.DATA, data));
    }

    /// A pair of veths; the peer may be asked for in another namespace.
    public static LinkRequest veth(String name, LinkRequest peer) {
        return of(LinkKind.VETH, name, data -> data.put(VethAttributes.PEER, peer));
    }

    /// Refuses what `dev_valid_name` in `net/core/dev.c` refuses.
    private static String validName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean badCharacter =
                name.chars()
                        .anyMatch(
                                c -> c == '/' || c == ':' || c == '%' || Character.isWhitespace(c));
        if (bytes == 0
                || bytes > MAX_NAME_BYTES
                || badCharacter
                || name.equals(".")
                || name.equals("..")) {
            throw new InvalidRequestException(
                    "'"
                            + name
                            + "' cannot name a link: use 1 to "
                            + MAX_NAME_BYTES
                            + " bytes without '/', ':', '%' or spaces");
        }
        return name;
    }

    /// Any attribute of a link.
    public <T> LinkRequest set(Attribute<T> attribute, T value) {
        return new LinkRequest(header, attributes.and(writer -> writer.put(attribute, value)));
    }

    private LinkRequest nest(Attribute<?> attribute, Consumer<AttributeWriter> inside) {
        return new LinkRequest(header, attributes.and(writer -> writer.nest(attribute, inside)));
    }

    public LinkRequest address(HardwareAddress address) {
        return set(LinkAttributes.ADDRESS, address);
    }

    /// The largest packet.
    ///
    /// @param bytes 68 to 65,535 on most kinds
    public LinkRequest mtu(int bytes) {
        return set(LinkAttributes.MTU, bytes);
    }

    /// The link below, which most kinds stand on.
    public LinkRequest lower(int index) {
        return set(LinkAttributes.LOWER, index);
    }

    /// Makes it a port; 0 takes it out.
    public LinkRequest master(int index) {
        return set(LinkAttributes.MASTER, index);
    }

    /// Transmit and receive queues.
    public LinkRequest queues(int count) {
        return set(LinkAttributes.TRANSMIT_QUEUES, count).set(LinkAttributes.RECEIVE_QUEUES, count);
    }

    public LinkRequest alias(String text) {
        return set(LinkAttributes.ALIAS, text);
    }

    /// Puts it into a group.
    ///
    /// @param number 0 for the default group
    public LinkRequest group(int number) {
        return set(LinkAttributes.GROUP, number);
    }

    /// Puts it into a namespace. Creating it there is cheap; moving it later takes a grace period
    /// under the kernel's global lock.
    ///
    /// @param namespace to be kept open until the request has been sent
    public LinkRequest in(NetworkNamespace namespace) {
        return set(LinkAttributes.NAMESPACE_DESCRIPTOR, namespace.descriptor());
    }

    /// The index it shall have where it is moved to; without it the kernel keeps its index if that
    /// is free there.
    public LinkRequest newIndex(int index) {
        return set(LinkAttributes.NEW_INDEX, index);
    }

    /// Sets a sysctl of IPv4, for a change.
    public LinkRequest ipv4(Ipv4Setting setting, int value) {
        return nest(
                LinkAttributes.FAMILIES,
                families ->
                        families.nest(
                                FamilyAttributes.IPV4,
                                ipv4 ->
                                        ipv4.nest(
                                                Ipv4LinkAttributes.SETTINGS,
                                                settings ->
                                                        settings.raw(
                                                                setting.number(),
                                                                bytes -> bytes.s32(value)))));
    }

    public LinkRequest up() {
        return flag(LinkFlag.UP, true);
    }

    public LinkRequest down() {
        return flag(LinkFlag.UP, false);
    }

    /// Sets or clears a flag, and leaves the others alone.
    public LinkRequest flag(LinkFlag flag, boolean on) {
        int bits = on ? header.flags() | flag.bit() : header.flags() & ~flag.bit();
        return new LinkRequest(
                new LinkHeader(
                        header.family(),
                        header.hardwareType(),
                        header.index(),
                        bits,
                        header.changeMask() | flag.bit()),
                attributes);
    }

    /// The index it shall have when created; refused with EBUSY when taken.
    public LinkRequest index(int index) {
        return new LinkRequest(
                new LinkHeader(
                        header.family(),
                        header.hardwareType(),
                        index,
                        header.flags(),
                        header.changeMask()),
                attributes);
    }

    LinkHeader header() {
        return header;
    }

    Attributes attributes() {
        return attributes;
    }

    /// A link inside another one's data.
    private static LinkRequest decode(Slice bytes) {
        return new LinkRequest(
                LinkHeader.decode(bytes),
                Attributes.decode(LinkAttributes.TABLE, bytes.from(LinkHeader.BYTES)));
    }

    private void encode(ByteWriter writer) {
        header.encode(writer);
        writer.slice(attributes.encoded());
    }

    /// The kernel's name of the kind asked for.
    Optional<String> kindName() {
        return attributes
                .find(LinkAttributes.INFO)
                .flatMap(info -> info.find(LinkInfoAttributes.KIND));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkRequest that
                && header.equals(that.header)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    /// What is asked, for messages: kind and name.
    @Override
    public String toString() {
        String kind = kindName().orElse("link");
        return attributes.find(LinkAttributes.NAME).map(name -> kind + " " + name).orElse(kind);
    }
}
