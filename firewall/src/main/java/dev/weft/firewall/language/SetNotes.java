package dev.weft.firewall.language;

import dev.weft.firewall.NftSet;
import dev.weft.firewall.SetAttributes;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// What `nft` notes beside a set in its user data: the order of bytes, and the terms of `typeof`.
///
/// @param keyOrder 1 the machine's, 2 network order, 0 when it is not noted
/// @param dataOrder of a map's data, in the same way
/// @param keyTypes how the parts of a key are kept, when they were declared with `typeof`
/// @param dataTypes how the parts of a map's data are kept
record SetNotes(int keyOrder, int dataOrder, List<Typing> keyTypes, List<Typing> dataTypes) {
    private static final int KEY_ORDER = 0;
    private static final int DATA_ORDER = 1;
    private static final int KEY_TYPE = 3;
    private static final int DATA_TYPE = 4;
    private static final int HEADER_BYTES = 2;

    static SetNotes of(NftSet set) {
        Slice data = set.attributes().orElse(SetAttributes.USER_DATA, Slice.EMPTY);
        return new SetNotes(
                number(data, KEY_ORDER),
                number(data, DATA_ORDER),
                key(set).typings(),
                data(set).typings());
    }

    /// What the key was declared to be like with `typeof`.
    static Declared key(NftSet set) {
        return declared(set, KEY_TYPE);
    }

    /// What a map's data were declared to be like with `typeof`.
    static Declared data(NftSet set) {
        return declared(set, DATA_TYPE);
    }

    private static Declared declared(NftSet set, int type) {
        return Declared.of(
                find(set.attributes().orElse(SetAttributes.USER_DATA, Slice.EMPTY), type));
    }

    /// The bytes of a record; none when it is absent or the data are not `nft`'s.
    static Slice find(Slice data, int type) {
        int at = 0;
        while (at + HEADER_BYTES <= data.length()) {
            int length = data.u8(at + 1);
            if (at + HEADER_BYTES + length > data.length()) {
                break;
            }
            if (data.u8(at) == type) {
                return data.part(at + HEADER_BYTES, length);
            }
            at += HEADER_BYTES + length;
        }
        return Slice.EMPTY;
    }

    /// A record that is a number in the machine's order; 0 when it is absent.
    static int number(Slice data, int type) {
        Slice value = find(data, type);
        return value.length() == Integer.BYTES ? value.s32(0) : 0;
    }
}
