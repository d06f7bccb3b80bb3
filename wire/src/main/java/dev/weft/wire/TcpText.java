package dev.weft.wire;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The parts of a TCP segment's line that take more than a number.
final class TcpText {
    /// The flags that show a sequence number without data.
    private static final TcpFlags SEQUENCED = TcpFlags.SYN.and(TcpFlags.FIN).and(TcpFlags.RST);

    private TcpText() {}

    /// The absolute sequence numbers, if the segment takes any.
    static String sequence(Tcp.View tcp) {
        int length = tcp.payload().length();
        boolean counts = (tcp.flags().bits() & SEQUENCED.bits()) != 0;
        if (length == 0 && !counts) {
            return "";
        }
        long first = tcp.sequenceNumber();
        return length == 0
                ? ", seq " + first
                : ", seq " + first + ":" + (first + length & 0xffff_ffffL);
    }

    static String options(Tcp.View tcp) {
        try {
            List<TcpOption> options = tcp.options();
            return options.isEmpty()
                    ? ""
                    : options.stream()
                            .map(TcpText::option)
                            .collect(Collectors.joining(",", ", options [", "]"));
        } catch (MalformedPacketException e) {
            return ", options [" + e.getMessage() + "]";
        }
    }

    private static String option(TcpOption option) {
        return switch (option) {
            case TcpOption.NoOperation _ -> "nop";
            case TcpOption.MaximumSegmentSize(int bytes) -> "mss " + bytes;
            case TcpOption.WindowScale(int shift) -> "wscale " + shift;
            case TcpOption.SackPermitted _ -> "sackOK";
            case TcpOption.Sack(List<TcpOption.Sack.Block> blocks) ->
                    blocks.stream()
                            .map(block ->
                                    String.format(
                                            Locale.ROOT, "{%d:%d}", block.left(), block.right()))
                            .collect(Collectors.joining("", "sack " + blocks.size() + " ", ""));
            case TcpOption.Timestamps(long value, long echo) -> "TS val " + value + " ecr " + echo;
            case TcpOption.Unknown(int kind, Slice data) -> "unknown-" + kind + " 0x" + data;
        };
    }
}
