package dev.weft.linux.netlink;

/// The flags of a netlink message's header (`include/uapi/linux/netlink.h`). Some bits mean one
/// thing in a request that reads, another in one that creates.
public final class NetlinkFlags {
    /// It is a request.
    public static final int REQUEST = 0x1;

    /// One of several messages, ended by a message of type `NLMSG_DONE`.
    public static final int MULTI = 0x2;

    /// Asks for an acknowledgement.
    public static final int ACK = 0x4;

    /// Asks to see the object as the kernel made it.
    public static final int ECHO = 0x8;

    /// The table changed while it was dumped.
    public static final int DUMP_INTERRUPTED = 0x10;

    /// The dump was filtered as asked.
    public static final int DUMP_FILTERED = 0x20;

    /// Reads: the whole table.
    public static final int DUMP = 0x300;

    /// Creates: replace what is there.
    public static final int REPLACE = 0x100;

    /// Creates: fail with EEXIST when it is there.
    public static final int EXCLUSIVE = 0x200;

    /// Creates: make it when it is not there.
    public static final int CREATE = 0x400;

    /// Creates: put it after the others.
    public static final int APPEND = 0x800;

    /// In an answer: the acknowledgement leaves out the request's body.
    static final int CAPPED = 0x100;

    /// In an answer: attributes of an extended acknowledgement follow.
    static final int EXTENDED_ACK = 0x200;

    private NetlinkFlags() {}
}
