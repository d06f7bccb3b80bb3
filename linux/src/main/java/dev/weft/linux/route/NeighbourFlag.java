package dev.weft.linux.route;

/// What is special about a neighbour or forwarding entry (`NTF_*`). The first eight stand in the
/// header, the others in [NeighbourAttributes#EXTENDED_FLAGS].
public enum NeighbourFlag {
    /// In a request: resolve it now.
    USE(0x1),
    /// A forwarding entry of the link itself (vxlan), not of the bridge above.
    SELF(0x2),
    /// A forwarding entry of the bridge above the link.
    MASTER(0x4),
    /// Answered for on behalf of somebody else.
    PROXY(0x8),
    /// Learnt by a control plane, which looks after it.
    EXTERNALLY_LEARNED(0x10),
    /// A device has it.
    OFFLOADED(0x20),
    /// A forwarding entry that does not move to another port by itself.
    STICKY(0x40),
    /// The neighbour is a router (IPv6).
    ROUTER(0x80),
    /// The kernel keeps it reachable on behalf of a control plane.
    MANAGED(0x100),
    /// A port where the host must authenticate first.
    LOCKED(0x200),
    /// Learnt by a control plane that vouches for it: the kernel does not check it. Since 6.18.
    EXTERNALLY_VALIDATED(0x400);

    private static final int EXTENDED_SHIFT = 8;

    private final int bit;

    NeighbourFlag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /// The bits of the header and those of the attribute as one number.
    static int join(int header, long extended) {
        return header | (int) (extended << EXTENDED_SHIFT);
    }

    static int header(int flags) {
        return flags & (1 << EXTENDED_SHIFT) - 1;
    }

    static long extended(int flags) {
        return Integer.toUnsignedLong(flags >>> EXTENDED_SHIFT);
    }
}
