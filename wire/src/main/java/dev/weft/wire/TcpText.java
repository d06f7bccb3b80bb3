package dev.weft.wire;

import java.util.List;
import java.util.stream.Collectors;

/// The line of a TCP segment, after the ports. Sequence numbers are absolute, as with `tcpdump -S`.
final class TcpText {
    /// The flags that show a sequence number without data.
    private static final TcpFlags SEQUENCED = TcpFlags.SYN.and(TcpFlags.FIN).and(TcpFlags.RST);

    private TcpText() {}

    /// @param missing the bytes of the segment beyond the capture
    static String of(Tcp.View tcp, int missing) {
        int length = tcp.payload().length() + missing;
        return "Flags ["
                + tcp.flags()
                + "]"
                + sequence(tcp, length)
                + (tcp.flags().contains(TcpFlags.ACK) ? ", ack " + tcp.acknowledgementNumber() : "")
                + ", win "
                + tcp.window()
                + (tcp.flags().contains(TcpFlags.URG) ? ", urg " + tcp.urgentPointer() : "")
                + options(tcp)
                + ", length "
                + length;
    }

    private static String sequence(Tcp.View tcp, int length) {
        long first = tcp.sequenceNumber();
        if (length > 0) {
            return ", seq " + first + ":" + ((first + length) & 0xffff_ffffL);
        }
        boolean counts = (tcp.flags().bits() & SEQUENCED.bits()) != 0;
        return counts ? ", seq " + first : "";
    }

    private static String options(Tcp.View tcp) {
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
                            .map(block -> "{" + block.left() + ":" + block.right() + "}")
                            .collect(Collectors.joining("", "sack " + blocks.size() + " ", ""));
            case TcpOption.Timestamps(long value, long echo) -> "TS val " + value + " ecr " + echo;
            case TcpOption.Unknown(int kind, Slice data) -> "unknown-" + kind + " 0x" + data;
        };
    }
}
