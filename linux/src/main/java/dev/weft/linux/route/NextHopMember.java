package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.stream.IntStream;

/// A next hop's place in a group (`struct nexthop_grp`).
///
/// @param id of the next hop
/// @param weight 1 to 65,536: its share of the flows; kernels before 6.13 take up to 256
public record NextHopMember(long id, int weight) {
    private static final int BYTES = 8;
    private static final int MOST_WEIGHT = 1 << 16;

    static final Codec<List<NextHopMember>> LIST =
            Codec.of(
                    "next hop group",
                    NextHopMember::decodeAll,
                    (writer, all) -> all.forEach(member -> member.encode(writer)));

    public NextHopMember {
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new InvalidRequestException("a weight is 1 to 65536, not " + weight);
        }
    }

    private static List<NextHopMember> decodeAll(Slice slice) {
        if (slice.length() % BYTES != 0) {
            throw new MalformedMessageException(
                    slice.length() + " bytes are no list of " + BYTES + " each");
        }
        return IntStream.range(0, slice.length() / BYTES)
                .mapToObj(i -> decode(slice.part(i * BYTES, BYTES)))
                .toList();
    }

    /// The weight less one, its lower byte first.
    private static NextHopMember decode(Slice slice) {
        return new NextHopMember(slice.u32(0), (slice.u8(5) << 8 | slice.u8(4)) + 1);
    }

    private void encode(ByteWriter writer) {
        int lessOne = weight - 1;
        writer.s32((int) id).u8(lessOne).u8(lessOne >> 8).zeros(2);
    }
}
