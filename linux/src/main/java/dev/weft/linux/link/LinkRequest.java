package dev.weft.linux.link;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What is asked of a link: only what was named here is set; the kernel chooses or keeps the rest.
/// Immutable, each method answers a new request.
///
/// ```java
/// links.create(LinkRequest.veth("web0", LinkRequest.named("eth0").in(container).queues(1))
///         .queues(1).master(bridge.index()).up());
/// ```
public final class LinkRequest {
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
        return named(name)
                .nest(
                        LinkAttributes.INFO,
                        info ->
                                info.put(LinkInfoAttributes.KIND, kind.kernelName())
                                        .nest(LinkInfoAttributes.DATA, data));
    }

    /// A link of a kind with the kernel's defaults.
    public static LinkRequest of(LinkKind kind, String name) {
        return named(name)
                .nest(
                        LinkAttributes.INFO,
                        info -> info.put(LinkInfoAttributes.KIND, kind.kernelName()));
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

    /// Puts it into a namespace. Creating it there is cheap; moving it later takes a grace period
    /// under the kernel's global lock.
    public LinkRequest in(NetworkNamespace namespace) {
        return set(LinkAttributes.NAMESPACE_DESCRIPTOR, namespace.descriptor());
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

    LinkRequest index(int index) {
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
    static LinkRequest decode(Slice bytes) {
        return new LinkRequest(
                LinkHeader.decode(bytes),
                Attributes.decode(LinkAttributes.TABLE, bytes.from(LinkHeader.BYTES)));
    }

    void encode(ByteWriter writer) {
        header.encode(writer);
        writer.slice(attributes.encoded());
    }

    /// What is asked, for messages: kind and name.
    @Override
    public String toString() {
        String kind =
                attributes
                        .find(LinkAttributes.INFO)
                        .flatMap(info -> info.find(LinkInfoAttributes.KIND))
                        .orElse("link");
        return attributes.find(LinkAttributes.NAME).map(name -> kind + " " + name).orElse(kind);
    }
}
