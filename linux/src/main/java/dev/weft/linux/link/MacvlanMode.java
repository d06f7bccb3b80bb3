package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// Whom of its siblings, the other macvlans of its parent, a macvlan reaches. None reaches the
/// parent itself.
///
/// @param number the kernel's (`MACVLAN_MODE_*`); one that has no name here is kept as it is
public record MacvlanMode(int number) {
    /// No sibling.
    public static final MacvlanMode PRIVATE = new MacvlanMode(1);

    /// Siblings by way of the switch outside, if that sends frames back.
    public static final MacvlanMode VEPA = new MacvlanMode(2);

    /// Siblings directly.
    public static final MacvlanMode BRIDGE = new MacvlanMode(4);

    /// It is the only one, and has the parent to itself.
    public static final MacvlanMode PASSTHRU = new MacvlanMode(8);

    /// It only takes frames from allowed sources.
    public static final MacvlanMode SOURCE = new MacvlanMode(16);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(1, "private"),
                    Map.entry(2, "vepa"),
                    Map.entry(4, "bridge"),
                    Map.entry(8, "passthru"),
                    Map.entry(16, "source"));

    static final Codec<MacvlanMode> CODEC = Codecs.S32.as(MacvlanMode::new, MacvlanMode::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
