package dev.weft.firewall.language;

import static dev.weft.firewall.language.FieldText.words;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The words of the synproxy statement and object (`NF_SYNPROXY_OPT_*` in
/// `include/uapi/linux/netfilter/nf_synproxy.h`).
final class SynproxyWords {
    private static final int SELECTIVE_ACKNOWLEDGEMENT = 4;
    private static final int TIMESTAMP = 8;

    private SynproxyWords() {}

    /// With one of the numbers, the other is written as well.
    static String of(Statement.Synproxy synproxy) {
        Integer maximum = synproxy.maximumSegmentBytes();
        Integer scale = synproxy.windowScale();
        String numbers =
                maximum == null && scale == null
                        ? ""
                        : "mss " + orZero(maximum) + " wscale " + orZero(scale);
        return words("synproxy", numbers, String.join(" ", flags(synproxy.flags())));
    }

    static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    static List<String> flags(int flags) {
        return Stream.of(timestamp(flags), selectiveAcknowledgement(flags))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static String timestamp(int flags) {
        return (flags & TIMESTAMP) == 0 ? "" : "timestamp";
    }

    static String selectiveAcknowledgement(int flags) {
        return (flags & SELECTIVE_ACKNOWLEDGEMENT) == 0 ? "" : "sack-perm";
    }
}
