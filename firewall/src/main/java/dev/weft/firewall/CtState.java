package dev.weft.firewall;

/// What connection tracking thinks of a packet (`enum nf_ct_state_bit`).
public enum CtState {
    /// It belongs to no connection that could be.
    INVALID(1),
    /// Its connection has seen packets both ways.
    ESTABLISHED(2),
    /// It begins a connection that another one announced, or is an error about one.
    RELATED(4),
    /// It begins a connection.
    NEW(8),
    /// It was kept away from tracking.
    UNTRACKED(0x40);

    private final int bit;

    CtState(int bit) {
        this.bit = bit;
    }

    /// The kernel's bit.
    public int bit() {
        return bit;
    }
}
