package dev.weft.firewall;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What user space keeps with an object and the kernel does not look at: `nft`'s records of type,
/// length, value (libnftnl's `udata.h`), of which the comment is the best known.
final class UserData {
    /// Where the comment of a table, chain, rule or element stands.
    static final int COMMENT = 0;

    /// Where the flags of an element stand; 1 says that its interval has no end.
    static final int ELEMENT_FLAGS = 1;

    /// Whether overlapping intervals of a set become one.
    static final int SET_MERGE = 2;

    /// Whether the data of a map are intervals.
    static final int SET_DATA_INTERVALS = 6;

    /// Where the comment of a set stands.
    static final int SET_COMMENT = 7;

    /// The order of a set's key bytes, of `DataType.Order`; 0 for a concatenation.
    static final int SET_KEY_ORDER = 0;

    /// The order of a map's data bytes.
    static final int SET_DATA_ORDER = 1;

    private static final int HEADER_BYTES = 2;
    private static final int MAX_BYTES = 255;

    /// `nft` itself takes at most 128 bytes.
    private static final int MAX_COMMENT_BYTES = 128;

    private UserData() {}

    static Slice comment(int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_COMMENT_BYTES || text.indexOf('"') >= 0 || text.indexOf(0) >= 0) {
            throw new InvalidRequestException(
                    "a comment has at most "
                            + MAX_COMMENT_BYTES
                            + " bytes and no quotation mark: "
                            + text);
        }
        return record(type, new ByteWriter().bytes(bytes).u8(0).toSlice());
    }

    static Slice number(int type, int value) {
        return record(type, new ByteWriter().s32(value).toSlice());
    }

    private static Slice record(int type, Slice value) {
        if (value.length() > MAX_BYTES) {
            throw new InvalidRequestException("user data of " + value.length() + " bytes");
        }
        return new ByteWriter().u8(type).u8(value.length()).slice(value).toSlice();
    }

    static Slice concat(Slice one, Slice other) {
        return new ByteWriter().slice(one).slice(other).toSlice();
    }

    /// The text of a record; nothing when it is absent or the data are not `nft`'s.
    static Optional<String> text(Slice data, int type) {
        return find(data, type).map(Slice::string);
    }

    /// The value of a record; nothing when it is absent or the data are not `nft`'s.
    static Optional<Slice> find(Slice data, int type) {
        try {
            for (int at = 0; at < data.length(); at += HEADER_BYTES + data.u8(at + 1)) {
                if (data.u8(at) == type) {
                    return Optional.of(data.part(at + HEADER_BYTES, data.u8(at + 1)));
                }
            }
        } catch (MalformedMessageException _) {
            // Another program's user data.
        }
        return Optional.empty();
    }
}
