package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import java.util.List;
import java.util.stream.IntStream;

/// Arrays of numbers, as long as the kernel has entries; bytes that do not fill one are ignored.
final class Numbers {
    static final Codec<List<Integer>> S32_ARRAY =
            Codec.of(
                    "s32 array",
                    slice ->
                            IntStream.range(0, slice.length() / Integer.BYTES)
                                    .mapToObj(i -> slice.s32(i * Integer.BYTES))
                                    .toList(),
                    (writer, numbers) -> numbers.forEach(writer::s32));

    static final Codec<List<Long>> S64_ARRAY =
            Codec.of(
                    "s64 array",
                    slice ->
                            IntStream.range(0, slice.length() / Long.BYTES)
                                    .mapToObj(i -> slice.s64(i * Long.BYTES))
                                    .toList(),
                    (writer, numbers) -> numbers.forEach(writer::s64));

    private Numbers() {}
}
