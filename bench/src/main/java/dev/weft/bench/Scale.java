package dev.weft.bench;

import java.util.List;

/// How much is done: enough to compare, to have a look, or to see that it works.
///
/// @param warmUps rounds whose samples are thrown away, for the JVM to compile what it runs
/// @param rounds that count
/// @param containers added and deleted in a round
/// @param waitingDeletions in a round, each of which takes the kernel's grace period
/// @param elementCounts sizes of the port map at which one more is added
/// @param elements added in a round
/// @param executions of a program in a round
/// @param routes in the table that is read
/// @param veths pairs in the namespace whose links are read
/// @param dumps in a round
/// @param rulesetWarmUps loads of a ruleset whose times are thrown away
/// @param rules in the ruleset that is loaded
/// @param loads of it that count
/// @param readRules in the ruleset that is read
/// @param cni how often plugins are executed
record Scale(
        int warmUps,
        int rounds,
        int containers,
        int waitingDeletions,
        List<Integer> elementCounts,
        int elements,
        int executions,
        int routes,
        int veths,
        int dumps,
        int rulesetWarmUps,
        int rules,
        int loads,
        int readRules,
        CniScale cni) {
    static final Scale FULL =
            new Scale(
                    30,
                    40,
                    50,
                    2,
                    List.of(10, 1_000, 10_000),
                    100,
                    3,
                    10_000,
                    500,
                    5,
                    20,
                    10_000,
                    15,
                    50_000,
                    CniScale.FULL);
    static final Scale QUICK =
            new Scale(
                    30,
                    10,
                    50,
                    2,
                    List.of(10, 1_000, 10_000),
                    100,
                    2,
                    10_000,
                    500,
                    2,
                    10,
                    10_000,
                    5,
                    50_000,
                    CniScale.QUICK);
    static final Scale SMOKE =
            new Scale(
                    0, 1, 2, 1, List.of(10, 100), 2, 1, 100, 5, 1, 0, 100, 1, 500, CniScale.SMOKE);

    Scale {
        elementCounts = List.copyOf(elementCounts);
    }
}
