package dev.weft.firewall.value;

import dev.weft.linux.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /// Those whose flows Linux tells apart by more than addresses.
    private static final Map<Integer, String> NAMES =
            Map.of(
                    1, "icmp", 6, "tcp", 17, "udp", 33, "dccp", 47, "gre", 58, "icmpv6", 132,
                    "sctp", 136, "udplite");

    private static final Map<String, Integer> NUMBERS =
            NAMES.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    public TransportProtocol {
        if (number < 0 || number > MOST) {
            throw new InvalidRequestException("a protocol is 0 to 255, not " + number);
        }
    }

    /// Reads `tcp` or `6`.
    ///
    /// @throws InvalidRequestException when it is neither a name of these constants nor a number
    public static TransportProtocol parse(String text) {
        Integer named = NUMBERS.get(text);
        if (named != null) {
            return new TransportProtocol(named);
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidRequestException(
                    "'" + text + "' is no protocol: write tcp, udp or a number");
        }
        return new TransportProtocol(Integer.parseInt(text));
    }

    /// `tcp`, where it is one of these constants.
    public Optional<String> name() {
        return Optional.ofNullable(NAMES.get(number));
    }

    /// Its name, or its number.
    @Override
    public String toString() {
        return name().orElse(Integer.toString(number));
    }
}
