package dev.weft.firewall.language;

import java.util.ArrayList;
import java.util.List;

/// The words of the log statement (`NF_LOG_*` in `include/uapi/linux/netfilter/nf_log.h`).
final class LogWords {
    /// What the kernel takes when a rule does not say.
    static final int USUAL_LEVEL = 4;

    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", "audit");

    private static final int TCP_SEQUENCE = 1;
    private static final int TCP_OPTIONS = 2;
    private static final int IP_OPTIONS = 4;
    private static final int SOCKET_OWNER = 8;
    private static final int HARDWARE_ADDRESSES = 32;
    private static final int ALL =
            TCP_SEQUENCE | TCP_OPTIONS | IP_OPTIONS | SOCKET_OWNER | HARDWARE_ADDRESSES;

    private LogWords() {}

    static String level(int level) {
        return level >= 0 && level < LEVELS.size() ? LEVELS.get(level) : Integer.toString(level);
    }

    static boolean isAll(int flags) {
        return (flags & ALL) == ALL;
    }

    /// One by one, as JSON has them.
    static List<String> flags(int flags) {
        if (isAll(flags)) {
            return List.of("all");
        }
        List<String> words = new ArrayList<>();
        add(words, flags & TCP_SEQUENCE, "tcp sequence");
        add(words, flags & TCP_OPTIONS, "tcp options");
        add(words, flags & IP_OPTIONS, "ip options");
        add(words, flags & SOCKET_OWNER, "skuid");
        add(words, flags & HARDWARE_ADDRESSES, "ether");
        return words;
    }

    private static void add(List<String> words, int bit, String word) {
        if (bit != 0) {
            words.add(word);
        }
    }

    /// As the text has them: `flags tcp sequence,options flags skuid`.
    static String text(int flags) {
        return String.join(" ", flags(flags).stream().map(word -> "flags " + word).toList())
                .replace("flags tcp sequence flags tcp options", "flags tcp sequence,options");
    }
}
