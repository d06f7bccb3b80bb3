package dev.weft.firewall.netfilter;

import dev.weft.linux.netlink.ByteWriter;
import dev.weft.linux.netlink.Slice;

/// The fixed part of every nfnetlink message (`struct nfgenmsg`): family, version 0, and a number
/// that the message's type gives a meaning.
public final class NetfilterHeader {
    public static final int BYTES = 4;

    private static final Slice[] BY_FAMILY = byFamily();

    private NetfilterHeader() {}

    private static Slice[] byFamily() {
        Slice[] headers = new Slice[16];
        for (int family = 0; family < headers.length; family++) {
            headers[family] = of(family, 0);
        }
        return headers;
    }

    /// The header of a message about a family; 0 for all of them.
    public static Slice of(int family) {
        return BY_FAMILY[family];
    }

    public static Slice of(int family, int resource) {
        return new ByteWriter().u8(family).u8(0).be16(resource).toSlice();
    }
}
