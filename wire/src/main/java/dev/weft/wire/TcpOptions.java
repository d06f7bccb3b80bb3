package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The option list of a TCP header from and to bytes (RFC 9293 section 3.2).
final class TcpOptions {
    static final int END_OF_LIST = 0;
    static final int NO_OPERATION = 1;
    static final int MAXIMUM_SEGMENT_SIZE = 2;
    static final int WINDOW_SCALE = 3;
    static final int SACK_PERMITTED = 4;
    static final int SACK = 5;
    static final int TIMESTAMPS = 8;

    private static final String NAME = "TCP option";

    private static final Map<Integer, Known> KNOWN =
            Map.of(
                    MAXIMUM_SEGMENT_SIZE,
                    new Known(Set.of(2), data -> new TcpOption.MaximumSegmentSize(data.u16(0))),
                    WINDOW_SCALE,
                    new Known(Set.of(1), data -> new TcpOption.WindowScale(data.u8(0))),
                    SACK_PERMITTED,
                    new Known(Set.of(0), _ -> new TcpOption.SackPermitted()),
                    SACK,
                    new Known(Set.of(8, 16, 24, 32), TcpOptions::sack),
                    TIMESTAMPS,
                    new Known(
                            Set.of(8), data -> new TcpOption.Timestamps(data.u32(0), data.u32(4))));

    /// How a kind's data is read when it has one of the RFC's lengths.
    private record Known(Set<Integer> lengths, Function<Slice, TcpOption> decoder) {}

    private TcpOptions() {}

    static int bytes(List<TcpOption> options) {
        return Fields.aligned(options.stream().mapToInt(TcpOption::length).sum(), 4);
    }

    static void encode(List<TcpOption> options, ByteBuffer out) {
        for (TcpOption option : options) {
            out.put((byte) option.kind());
            if (option.length() > 1) {
                out.put((byte) option.length());
            }
            option.encodeData(out);
        }
    }

    static List<TcpOption> decode(Slice area) {
        var options = new ArrayList<TcpOption>();
        int at = 0;
        while (at < area.length() && area.u8(at) != END_OF_LIST) {
            TcpOption option = decodeOne(area, at);
            options.add(option);
            at += option.length();
        }
        return options;
    }

    private static TcpOption decodeOne(Slice area, int at) {
        int kind = area.u8(at);
        if (kind == NO_OPERATION) {
            return new TcpOption.NoOperation();
        }
        int length = area.require(NAME, "length", at, 2).u8(at + 1);
        Require.atLeast(NAME, "length", at + 1, 2, length);
        area.require(NAME, "data", at, length);
        return of(kind, area.part(at + 2, length - 2));
    }

    /// A known kind whose length is not the RFC's stays as it is.
    private static TcpOption of(int kind, Slice data) {
        Known known = KNOWN.get(kind);
        return known != null && known.lengths.contains(data.length())
                ? known.decoder.apply(data)
                : new TcpOption.Unknown(kind, data);
    }

    private static TcpOption sack(Slice data) {
        var blocks = new ArrayList<TcpOption.Sack.Block>();
        for (int at = 0; at < data.length(); at += TcpOption.Sack.Block.LENGTH) {
            blocks.add(new TcpOption.Sack.Block(data.u32(at), data.u32(at + 4)));
        }
        return new TcpOption.Sack(blocks);
    }
}
