package dev.weft.linux.route;

import java.util.List;

/// What a policy rule does with packets that it selects (`FR_ACT_*`).
///
/// @param number 0 to 255; numbers without a name here are kept
public record RuleAction(int number) {
    /// Looks into a table.
    public static final RuleAction TABLE = new RuleAction(1);

    /// Goes on at another rule.
    public static final RuleAction GOTO = new RuleAction(2);

    /// Nothing: the next rule decides.
    public static final RuleAction NOTHING = new RuleAction(3);

    /// Drops them silently; a local sender gets EINVAL.
    public static final RuleAction BLACKHOLE = new RuleAction(6);

    /// Answers that the network is unreachable; a local sender gets ENETUNREACH.
    public static final RuleAction UNREACHABLE = new RuleAction(7);

    /// Answers that it is forbidden; a local sender gets EACCES.
    public static final RuleAction PROHIBIT = new RuleAction(8);

    private static final List<String> NAMES =
            List.of(
                    "unspec",
                    "lookup",
                    "goto",
                    "nop",
                    "res3",
                    "res4",
                    "blackhole",
                    "unreachable",
                    "prohibit");

    public RuleAction {
        Numbers.requireByte("rule action", number);
    }

    @Override
    public String toString() {
        return number < NAMES.size() ? NAMES.get(number) : Integer.toString(number);
    }
}
