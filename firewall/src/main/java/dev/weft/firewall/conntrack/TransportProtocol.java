package dev.weft.firewall.conntrack;

import dev.weft.linux.InvalidRequestException;
import java.util.Map;

/// The protocol above IP, by its number at IANA.
///
/// @param number 0 to 255
public record TransportProtocol(int number) {
    public static final TransportProtocol ICMP = new TransportProtocol(1);
    public static final TransportProtocol TCP = new TransportProtocol(6);
    public static final TransportProtocol UDP = new TransportProtocol(17);
    public static final TransportProtocol DCCP = new TransportProtocol(33);
    public static final TransportProtocol GRE = new TransportProtocol(47);
    public static final TransportProtocol ICMPV6 = new TransportProtocol(58);
    public static final TransportProtocol SCTP = new TransportProtocol(132);
    public static final TransportProtocol UDP_LITE = new TransportProtocol(136);

    private static final int MOST = 255;

    private static final Map<Integer, String> NAMES =
            Map.of(
                    1, "icmp", 6, "tcp", 17, "udp", 33, "dccp", 47, "gre", 58, "icmpv6", 132,
                    "sctp", 136, "udplite");

    public TransportProtocol {
        if (number < 0 || number > MOST) {
            throw new InvalidRequestException("a protocol is 0 to 255, not " + number);
        }
    }

    /// `tcp`, or `unknown` for a protocol that is tracked by its addresses alone.
    @Override
    public String toString() {
        return NAMES.getOrDefault(number, "unknown");
    }
}
