package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.List;

/// What packets a u32 filter matches (`struct tc_u32_sel`): those for which every key does.
///
/// @param flags [#TERMINAL] and others, 0 to 255
/// @param offsetShift how far the word read for the next table's offset is shifted, 0 to 255
/// @param offsetMask which of its bits count, network order
/// @param offset added to it
/// @param offsetPlace where that word stands
/// @param hashPlace where the word stands by which the next table is hashed
/// @param hashMask which of its bits count, network order
/// @param keys at most 128
public record U32Selector(
        int flags,
        int offsetShift,
        int offsetMask,
        int offset,
        int offsetPlace,
        int hashPlace,
        int hashMask,
        List<Key> keys) {
    /// A match is the end: the filter's class and actions apply.
    public static final int TERMINAL = 1;

    /// `TCA_U32_MAX_KEYS` of `net/sched/cls_u32.c`.
    private static final int MAX_KEYS = 128;

    private static final int HEADER_BYTES = 16;

    static final Codec<U32Selector> CODEC =
            Codec.struct(
                    "u32 selector",
                    HEADER_BYTES,
                    U32Selector::decode,
                    (writer, value) -> value.encode(writer));

    public U32Selector {
        keys = List.copyOf(keys);
        if (keys.size() > MAX_KEYS) {
            throw new InvalidRequestException(
                    "a u32 filter has at most " + MAX_KEYS + " keys, not " + keys.size());
        }
    }

    /// One comparison (`struct tc_u32_key`).
    ///
    /// @param mask which bits of the word count, network order
    /// @param value what they are to be, network order
    /// @param offsetBytes where the word stands, from the network header; a multiple of 4, below 0
    ///   in the link-layer header
    /// @param nextHeaderMask -1 counts the place from the offset that a table before computed
    public record Key(int mask, int value, int offsetBytes, int nextHeaderMask) {
        static final int BYTES = 16;

        /// A word of the packet.
        public static Key of(int value, int mask, int offsetBytes) {
            return new Key(mask, value & mask, offsetBytes, 0);
        }

        static Key decode(Slice bytes) {
            return new Key(bytes.be32(0), bytes.be32(4), bytes.s32(8), bytes.s32(12));
        }

        void encode(ByteWriter writer) {
            writer.be32(mask).be32(value).s32(offsetBytes).s32(nextHeaderMask);
        }
    }

    /// Packets for which all keys match.
    public static U32Selector matching(Key... keys) {
        return new U32Selector(TERMINAL, 0, 0, 0, 0, 0, 0, List.of(keys));
    }

    /// Every packet: one key that compares nothing.
    public static U32Selector everything() {
        return matching(Key.of(0, 0, 0));
    }

    static U32Selector decode(Slice bytes) {
        int count = Math.min(bytes.u8(2), MAX_KEYS);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(Key.decode(bytes.part(HEADER_BYTES + i * Key.BYTES, Key.BYTES)));
        }
        return new U32Selector(
                bytes.u8(0),
                bytes.u8(1),
                bytes.be16(4),
                bytes.u16(6),
                (short) bytes.u16(8),
                (short) bytes.u16(10),
                bytes.be32(12),
                keys);
    }

    void encode(ByteWriter writer) {
        writer.u8(flags).u8(offsetShift).u8(keys.size()).u8(0);
        writer.be16(offsetMask).u16(offset).u16(offsetPlace).u16(hashPlace).be32(hashMask);
        keys.forEach(key -> key.encode(writer));
    }
}
