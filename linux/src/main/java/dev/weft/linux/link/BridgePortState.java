package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// Where a bridge's port is in the spanning tree protocol (802.1D).
///
/// @param number the kernel's (`BR_STATE_*`); one that has no name here is kept as it is
public record BridgePortState(int number) {
    /// Does nothing.
    public static final BridgePortState DISABLED = new BridgePortState(0);

    /// Hears the protocol only.
    public static final BridgePortState LISTENING = new BridgePortState(1);

    /// Learns addresses, does not forward yet.
    public static final BridgePortState LEARNING = new BridgePortState(2);

    /// Works.
    public static final BridgePortState FORWARDING = new BridgePortState(3);

    /// Kept out, as it would close a loop.
    public static final BridgePortState BLOCKING = new BridgePortState(4);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(0, "disabled"),
                    Map.entry(1, "listening"),
                    Map.entry(2, "learning"),
                    Map.entry(3, "forwarding"),
                    Map.entry(4, "blocking"));

    static final Codec<BridgePortState> CODEC =
            Codecs.U8.as(BridgePortState::new, BridgePortState::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
