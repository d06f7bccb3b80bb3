package dev.weft.linux.tc;

/// How packets take room on the wire (`enum tc_link_layer`).
public enum LinkLayer {
    /// Not said; the kernel guesses from the rate table.
    UNAWARE(0),
    /// As many bytes as the packet has.
    ETHERNET(1),
    /// In cells of 53 bytes that carry 48.
    ATM(2);

    private static final int CELL_PAYLOAD = 48;
    private static final int CELL = 53;

    private final int number;

    LinkLayer(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// The room a packet takes on the wire.
    int wireBytes(int bytes) {
        return this == ATM ? (bytes + CELL_PAYLOAD - 1) / CELL_PAYLOAD * CELL : bytes;
    }
}
