package dev.weft.linux.netlink;

import dev.weft.linux.InvalidRequestException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A message to the kernel, and what a refusal of it should say.
///
/// @param type the family's number of the message
/// @param flags see [NetlinkFlags]; [NetlinkFlags#REQUEST] is added when it is sent
/// @param header the family's fixed structure, `struct ifinfomsg` for links
/// @param attributes what follows it
/// @param operation a verb phrase, "create link"
/// @param subject tells what it is done to, "veth web0"; asked for a refusal alone, since to put a
///   rule in words costs more than to send it
public record NetlinkRequest(
        int type,
        int flags,
        Slice header,
        Attributes attributes,
        String operation,
        Supplier<String> subject) {
    /// Far above any single rtnetlink request; a batch is many of these.
    private static final int MAX_BYTES = 1 << 24;

    /// `struct nlmsghdr`.
    private static final int HEADER_BYTES = 16;

    public NetlinkRequest {
        if (header.length() + attributes.encoded().length() > MAX_BYTES) {
            throw new InvalidRequestException(
                    "cannot "
                            + operation
                            + " "
                            + subject.get()
                            + ": the request exceeds "
                            + MAX_BYTES
                            + " bytes");
        }
    }

    /// A request for an object that is easily named.
    public NetlinkRequest(
            int type,
            int flags,
            Slice header,
            Attributes attributes,
            String operation,
            String object) {
        this(type, flags, header, attributes, operation, () -> object);
    }

    /// A request whose header a function writes.
    public static NetlinkRequest of(
            int type,
            int flags,
            Consumer<ByteWriter> header,
            Attributes attributes,
            String operation,
            String object) {
        ByteWriter writer = new ByteWriter();
        header.accept(writer);
        return new NetlinkRequest(
                type, flags, writer.align().toSlice(), attributes, operation, object);
    }

    /// This request with more flags.
    public NetlinkRequest with(int moreFlags) {
        return new NetlinkRequest(type, flags | moreFlags, header, attributes, operation, subject);
    }

    /// What it is done to.
    public String object() {
        return subject.get();
    }

    /// How many bytes the message has, with its padding.
    int bytes() {
        return HEADER_BYTES + header.length() + attributes.encoded().length() + 3 & ~3;
    }

    /// Appends the message with its number in the sequence.
    void encode(ByteWriter target, int sequence, int extraFlags) {
        int start = target.length();
        target.s32(0).u16(type).u16(flags | extraFlags | NetlinkFlags.REQUEST);
        target.s32(sequence).s32(0).slice(header).slice(attributes.encoded());
        target.setS32(start, target.length() - start);
        target.align();
    }
}
