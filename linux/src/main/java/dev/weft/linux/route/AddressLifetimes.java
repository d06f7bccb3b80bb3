package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Slice;

/// How long an address lives (`struct ifa_cacheinfo`).
///
/// @param preferredSeconds until no new connections should come from it; [#FOREVER] for ever
/// @param validSeconds until the kernel removes it; not below the preferred ones
/// @param createdHundredths when it was made, in 1/100 s since the machine started; 0 in a request
/// @param updatedHundredths when it was last changed, as above
public record AddressLifetimes(
        long preferredSeconds, long validSeconds, long createdHundredths, long updatedHundredths) {
    /// No end.
    public static final long FOREVER = 0xffff_ffffL;

    static final Codec<AddressLifetimes> CODEC =
            Codec.struct(
                    "lifetimes",
                    16,
                    AddressLifetimes::decode,
                    (writer, value) -> value.encode(writer));

    /// Lifetimes to ask for.
    ///
    /// @throws InvalidRequestException when the kernel would not take them
    public static AddressLifetimes of(long preferredSeconds, long validSeconds) {
        if (preferredSeconds < 0
                || validSeconds <= 0
                || validSeconds > FOREVER
                || preferredSeconds > validSeconds) {
            throw new InvalidRequestException(
                    "lifetimes are 0 <= preferred <= valid <= "
                            + FOREVER
                            + " seconds with valid above 0, not "
                            + preferredSeconds
                            + " and "
                            + validSeconds);
        }
        return new AddressLifetimes(preferredSeconds, validSeconds, 0, 0);
    }

    private static AddressLifetimes decode(Slice slice) {
        return new AddressLifetimes(slice.u32(0), slice.u32(4), slice.u32(8), slice.u32(12));
    }

    private void encode(ByteWriter writer) {
        writer.s32((int) preferredSeconds).s32((int) validSeconds);
        writer.s32((int) createdHundredths).s32((int) updatedHundredths);
    }
}
