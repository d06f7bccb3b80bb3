package dev.weft.firewall.language;

import dev.weft.firewall.Hook;
import dev.weft.firewall.value.Family;
import java.util.LinkedHashMap;
import java.util.Map;

/// The names of priorities, which differ between families and hooks (`enum nf_ip_hook_priorities`
/// and `nf_br_hook_priorities`; nft(8), "Standard priority names").
final class PriorityWords {
    private static final int NEAR = 10;

    private PriorityWords() {}

    /// As `nft` writes it: `srcnat`, `filter + 5`, `-42`.
    static String of(Family family, Hook hook, int priority) {
        for (Map.Entry<Integer, String> known : names(family, hook).entrySet()) {
            long distance = (long) priority - known.getKey();
            if (distance == 0) {
                return known.getValue();
            }
            if (Math.abs(distance) <= NEAR) {
                return known.getValue() + (distance < 0 ? " - " : " + ") + Math.abs(distance);
            }
        }
        return Integer.toString(priority);
    }

    private static Map<Integer, String> names(Family family, Hook hook) {
        return switch (family) {
            case ARP, NETDEV -> Map.of(0, "filter");
            case BRIDGE -> bridge(hook);
            case IP, IP6, INET -> internet(hook);
        };
    }

    private static Map<Integer, String> internet(Hook hook) {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(-300, "raw");
        names.put(-150, "mangle");
        names.put(0, "filter");
        names.put(50, "security");
        if (hook == Hook.PREROUTING) {
            names.put(-100, "dstnat");
        }
        if (hook == Hook.POSTROUTING) {
            names.put(100, "srcnat");
        }
        return names;
    }

    private static Map<Integer, String> bridge(Hook hook) {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(-200, "filter");
        if (hook == Hook.PREROUTING) {
            names.put(-300, "dstnat");
        }
        if (hook == Hook.OUTPUT) {
            names.put(100, "out");
        }
        if (hook == Hook.POSTROUTING) {
            names.put(300, "srcnat");
        }
        return names;
    }
}
