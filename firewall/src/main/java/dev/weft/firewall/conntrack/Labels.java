package dev.weft.firewall.conntrack;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.nio.ByteOrder;
import java.util.BitSet;

/// The 128 labels of a connection: words of 64 bits in the machine's order
/// (`include/net/netfilter/nf_conntrack_labels.h`).
final class Labels {
    static final int COUNT = 128;

    private Labels() {}

    static BitSet decode(Slice bytes) {
        BitSet labels = new BitSet(COUNT);
        for (int label = 0; label < Math.min(COUNT, bytes.length() * Byte.SIZE); label++) {
            labels.set(label, (bytes.u8(place(label)) & 1 << label % Byte.SIZE) != 0);
        }
        return labels;
    }

    /// @throws InvalidRequestException for a label above 127
    static Slice encode(BitSet labels) {
        if (labels.length() > COUNT) {
            throw new InvalidRequestException("a label is 0 to 127, not " + (labels.length() - 1));
        }
        byte[] bytes = new byte[COUNT / Byte.SIZE];
        labels.stream().forEach(label -> bytes[place(label)] |= (byte) (1 << label % Byte.SIZE));
        return new ByteWriter().bytes(bytes).toSlice();
    }

    /// The byte of a label: the kernel numbers bits within unsigned longs.
    private static int place(int label) {
        int byteNumber = label / Byte.SIZE;
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? byteNumber
                : byteNumber ^ Long.BYTES - 1;
    }
}
