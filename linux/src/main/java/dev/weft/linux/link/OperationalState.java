package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// What a link can do at present (RFC 2863).
///
/// @param number the kernel's (`IF_OPER_*`); one that has no name here is kept as it is
public record OperationalState(int number) {
    /// Its driver does not say; treat as up.
    public static final OperationalState UNKNOWN = new OperationalState(0);

    /// A part of it is missing.
    public static final OperationalState NOT_PRESENT = new OperationalState(1);

    /// No carrier, or set down.
    public static final OperationalState DOWN = new OperationalState(2);

    /// The link below, or the peer, is down.
    public static final OperationalState LOWER_LAYER_DOWN = new OperationalState(3);

    /// Under test.
    public static final OperationalState TESTING = new OperationalState(4);

    /// Waits for something outside, such as authentication.
    public static final OperationalState DORMANT = new OperationalState(5);

    /// Carries packets.
    public static final OperationalState UP = new OperationalState(6);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(0, "UNKNOWN"),
                    Map.entry(1, "NOTPRESENT"),
                    Map.entry(2, "DOWN"),
                    Map.entry(3, "LOWERLAYERDOWN"),
                    Map.entry(4, "TESTING"),
                    Map.entry(5, "DORMANT"),
                    Map.entry(6, "UP"));

    static final Codec<OperationalState> CODEC =
            Codecs.U8.as(OperationalState::new, OperationalState::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
