package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The option list of a neighbour discovery message from and to bytes (RFC 4861 section 4.6).
final class NeighbourOptions {
    static final int SOURCE_ADDRESS = 1;
    static final int TARGET_ADDRESS = 2;
    static final int PREFIX_INFORMATION = 3;
    static final int MTU = 5;

    /// Lengths count units of this many bytes.
    static final int UNIT = 8;

    private static final String NAME = "neighbour option";

    private static final Map<Integer, Known> KNOWN =
            Map.of(
                    SOURCE_ADDRESS, new Known(8, data -> linkLayerAddress(false, data)),
                    TARGET_ADDRESS, new Known(8, data -> linkLayerAddress(true, data)),
                    PREFIX_INFORMATION, new Known(32, NeighbourOptions::prefixInformation),
                    MTU, new Known(8, data -> new NeighbourOption.Mtu(data.u32(2))));

    /// How a type's data is read when it has the RFC's length.
    private record Known(int length, Function<Slice, NeighbourOption> decoder) {}

    private NeighbourOptions() {}

    static int bytes(List<NeighbourOption> options) {
        return options.stream().mapToInt(NeighbourOption::length).sum();
    }

    static void encode(List<NeighbourOption> options, ByteBuffer out) {
        for (NeighbourOption option : options) {
            out.put((byte) option.type()).put((byte) (option.length() / UNIT));
            option.encodeData(out);
        }
    }

    static List<NeighbourOption> decode(Slice area) {
        var options = new ArrayList<NeighbourOption>();
        int at = 0;
        while (at < area.length()) {
            NeighbourOption option = decodeOne(area, at);
            options.add(option);
            at += option.length();
        }
        return options;
    }

    private static NeighbourOption decodeOne(Slice area, int at) {
        int units = area.require(NAME, "length", at, 2).u8(at + 1);
        Require.atLeast(NAME, "length", at + 1, 1, units);
        int length = units * UNIT;
        Slice data = area.require(NAME, "data", at, length).part(at + 2, length - 2);
        Known known = KNOWN.get(area.u8(at));
        return known != null && known.length == length
                ? known.decoder.apply(data)
                : new NeighbourOption.Unknown(area.u8(at), data);
    }

    private static NeighbourOption linkLayerAddress(boolean isTarget, Slice data) {
        return new NeighbourOption.LinkLayerAddress(isTarget, new MacAddress(data.u48(0)));
    }

    private static NeighbourOption prefixInformation(Slice data) {
        return new NeighbourOption.PrefixInformation(
                data.u8(0), data.u8(1), data.u32(2), data.u32(6), IpAddresses.v6(data, 14));
    }
}
