package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One option of a hop-by-hop or destination options header (RFC 8200 section 4.2). No option is
/// interpreted, padding is an option like any.
///
/// @param type action, change flag and number; [#PAD1] has no length
/// @param data what follows type and length, up to 255 bytes
public record Ipv6Option(int type, Slice data) {
    /// The type of a single byte of padding.
    public static final int PAD1 = 0;

    /// The type of longer padding.
    public static final int PADN = 1;

    /// The type of the router alert (RFC 2711).
    public static final int ROUTER_ALERT = 5;

    private static final String NAME = "IPv6 option";

    public Ipv6Option {
        Fields.check("IPv6 option type", type, 8);
        Fields.checkLength(NAME, data.length(), type == PAD1 ? 0 : 255);
        data = data.copy();
    }

    /// Padding of `length` bytes, 1 to 257.
    public static Ipv6Option padding(int length) {
        return length == 1
                ? new Ipv6Option(PAD1, Slice.EMPTY)
                : new Ipv6Option(PADN, Slice.of(new byte[length - 2]));
    }

    int length() {
        return type == PAD1 ? 1 : 2 + data.length();
    }

    void encode(ByteBuffer out) {
        out.put((byte) type);
        if (type != PAD1) {
            out.put((byte) data.length());
            data.writeTo(out);
        }
    }

    static List<Ipv6Option> decodeAll(Slice area) {
        var options = new ArrayList<Ipv6Option>();
        int at = 0;
        while (at < area.length()) {
            Ipv6Option option = decode(area, at);
            options.add(option);
            at += option.length();
        }
        return options;
    }

    private static Ipv6Option decode(Slice area, int at) {
        int type = area.u8(at);
        if (type == PAD1) {
            return new Ipv6Option(type, Slice.EMPTY);
        }
        int length = area.require(NAME, "length", at, 2).u8(at + 1);
        area.require(NAME, "data", at + 2, length);
        return new Ipv6Option(type, area.part(at + 2, length));
    }
}
