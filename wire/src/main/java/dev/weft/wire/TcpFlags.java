package dev.weft.wire;

import java.util.List;

/// The control bits of a TCP header (RFC 9293 section 3.1; ECN bits RFC 3168, RFC 9768), with the
/// reserved ones: twelve bits, as text in tcpdump's letters.
///
/// @param bits 0 to 4095
public record TcpFlags(int bits) {
    public static final TcpFlags FIN = new TcpFlags(0x01);
    public static final TcpFlags SYN = new TcpFlags(0x02);
    public static final TcpFlags RST = new TcpFlags(0x04);
    public static final TcpFlags PSH = new TcpFlags(0x08);
    public static final TcpFlags ACK = new TcpFlags(0x10);
    public static final TcpFlags URG = new TcpFlags(0x20);

    /// ECN echo.
    public static final TcpFlags ECE = new TcpFlags(0x40);

    /// Congestion window reduced.
    public static final TcpFlags CWR = new TcpFlags(0x80);

    private static final List<String> LETTERS = List.of("F", "S", "R", "P", ".", "U", "E", "W");

    public TcpFlags {
        Fields.check("TCP flags", bits, 12);
    }

    /// These flags and `other` ones.
    public TcpFlags and(TcpFlags other) {
        return new TcpFlags(bits | other.bits);
    }

    /// Whether all of `other` are set.
    public boolean contains(TcpFlags other) {
        return (bits & other.bits) == other.bits;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int bit = 0; bit < LETTERS.size(); bit++) {
            text.append((bits >>> bit & 1) == 1 ? LETTERS.get(bit) : "");
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
