package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Codec;

/// Numbers from one to another, both included: ports (`struct fib_rule_port_range`) or users
/// (`struct fib_rule_uid_range`) that a rule selects.
///
/// @param first 0 or above
/// @param last not below the first, up to 2^32 - 1
public record NumberRange(long first, long last) {
    private static final long MOST_PORT = 0xffff;
    private static final long MOST_USER = 0xffff_ffffL;

    static final Codec<NumberRange> PORTS =
            Codec.struct(
                    "port range",
                    4,
                    slice -> new NumberRange(slice.u16(0), slice.u16(2)),
                    (writer, range) -> {
                        range.requireUpTo(MOST_PORT);
                        writer.u16((int) range.first).u16((int) range.last);
                    });

    static final Codec<NumberRange> USERS =
            Codec.struct(
                    "user range",
                    8,
                    slice -> new NumberRange(slice.u32(0), slice.u32(4)),
                    (writer, range) -> {
                        range.requireUpTo(MOST_USER);
                        writer.s32((int) range.first).s32((int) range.last);
                    });

    /// A range that is not empty.
    ///
    /// @throws InvalidRequestException when it is
    public static NumberRange of(long first, long last) {
        if (first < 0 || last < first) {
            throw new InvalidRequestException(
                    first + " to " + last + " is no range: the first comes first");
        }
        return new NumberRange(first, last);
    }

    private void requireUpTo(long most) {
        if (first < 0 || first > most || last < 0 || last > most) {
            throw new InvalidRequestException(this + " does not lie within 0 to " + most);
        }
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
