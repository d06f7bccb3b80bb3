package dev.weft.firewall;

import java.util.Map;

/// The order of base chains at one hook: lower ones see a packet first (`enum
/// nf_ip_hook_priorities`).
public final class Priority {
    public static final int RAW = -300;
    public static final int MANGLE = -150;
    public static final int DESTINATION_NAT = -100;
    public static final int FILTER = 0;
    public static final int SECURITY = 50;
    public static final int SOURCE_NAT = 100;

    private static final Map<Integer, String> KEYWORDS =
            Map.of(
                    RAW,
                    "raw",
                    MANGLE,
                    "mangle",
                    DESTINATION_NAT,
                    "dstnat",
                    FILTER,
                    "filter",
                    SECURITY,
                    "security",
                    SOURCE_NAT,
                    "srcnat");

    private static final int NEAR = 10;

    private Priority() {}

    /// As `nft` writes it: `srcnat`, `filter + 5`, `-42`.
    static String print(int priority) {
        for (int distance = 0; distance <= NEAR; distance++) {
            String above = KEYWORDS.get(priority - distance);
            if (above != null) {
                return distance == 0 ? above : above + " + " + distance;
            }
            String below = KEYWORDS.get(priority + distance);
            if (below != null) {
                return below + " - " + distance;
            }
        }
        return Integer.toString(priority);
    }
}
