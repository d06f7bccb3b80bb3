package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One option of an IPv4 header (RFC 791 section 3.1). No option is interpreted; the end-of-list
/// option is not part of a list but its padding.
///
/// @param type copied flag, class and number; anything but 0, which ends the list
/// @param data what follows type and length, up to 38 bytes; empty for [#NO_OPERATION]
public record Ipv4Option(int type, Slice data) {
    /// The type of a one-byte filler.
    public static final int NO_OPERATION = 1;

    /// The type of the router alert (RFC 2113).
    public static final int ROUTER_ALERT = 148;

    private static final int END_OF_LIST = 0;
    private static final int MOST_DATA = Ipv4.MOST_OPTION_BYTES - 2;

    public Ipv4Option {
        Fields.check("IPv4 option type", type, 8);
        Fields.checkLength("IPv4 option", data.length(), type == NO_OPERATION ? 0 : MOST_DATA);
        if (type == END_OF_LIST) {
            throw new IllegalArgumentException("the end-of-list option is the list's padding");
        }
        data = data.copy();
    }

    int length() {
        return type == NO_OPERATION ? 1 : 2 + data.length();
    }

    void encode(ByteBuffer out) {
        out.put((byte) type);
        if (type != NO_OPERATION) {
            out.put((byte) length());
            data.writeTo(out);
        }
    }

    static List<Ipv4Option> decodeAll(Slice area) {
        var options = new ArrayList<Ipv4Option>();
        int at = 0;
        while (at < area.length() && area.u8(at) != END_OF_LIST) {
            Ipv4Option option = decode(area, at);
            options.add(option);
            at += option.length();
        }
        return options;
    }

    private static Ipv4Option decode(Slice area, int at) {
        int type = area.u8(at);
        if (type == NO_OPERATION) {
            return new Ipv4Option(type, Slice.EMPTY);
        }
        area.require("IPv4 option", "length", at, 2);
        int length = area.u8(at + 1);
        Require.atLeast("IPv4 option", "length", at + 1, 2, length);
        area.require("IPv4 option", "data", at, length);
        return new Ipv4Option(type, area.part(at + 2, length - 2));
    }
}
