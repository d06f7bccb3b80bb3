package dev.weft.firewall.language;

import dev.weft.firewall.ObjectData.CtTimeout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names of a protocol's states, and how long connections stay in them by default (`enum
/// ctattr_timeout_tcp` and `ctattr_timeout_udp` in
/// `include/uapi/linux/netfilter/nfnetlink_cttimeout.h`).
final class TimeoutWords {
    private static final int TCP = 6;

    private record State(int number, String name, int usualSeconds) {}

    private static final List<State> OF_TCP =
            List.of(
                    new State(1, "syn_sent", 120),
                    new State(2, "syn_recv", 60),
                    new State(3, "established", 432_000),
                    new State(4, "fin_wait", 120),
                    new State(5, "close_wait", 60),
                    new State(6, "last_ack", 30),
                    new State(7, "time_wait", 120),
                    new State(8, "close", 10),
                    new State(9, "syn_sent2", 120),
                    new State(10, "retrans", 300),
                    new State(11, "unack", 300));

    private static final List<State> OF_UDP =
            List.of(new State(1, "unreplied", 30), new State(2, "replied", 120));

    private TimeoutWords() {}

    /// Seconds by the name of the state, where they are not the usual ones.
    static Map<String, Integer> policy(CtTimeout timeout) {
        Map<String, Integer> policy = new LinkedHashMap<>();
        for (State state : timeout.protocol() == TCP ? OF_TCP : OF_UDP) {
            Integer seconds = timeout.seconds().get(state.number());
            if (seconds != null && seconds != state.usualSeconds()) {
                policy.put(state.name(), seconds);
            }
        }
        return policy;
    }
}
