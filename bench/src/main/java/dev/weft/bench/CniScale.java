package dev.weft.bench;

/// How often plugins are executed.
///
/// @param warmUps containers that are added and deleted before anything counts
/// @param rounds that count
/// @param containers in a round
/// @param publishedContainers in a round of those with a published port, of which the peer takes
///   long
/// @param concurrentRounds of many callers
/// @param concurrentContainers of many callers
/// @param concurrentPublished the peer's share of those with a published port
/// @param oneShots without an agent
/// @param filled containers on one bridge
/// @param edge how many of them, at the beginning and at the end, are compared
/// @param fillsPeer whether the peer's bridge is filled as well
/// @param operations after which the agent's memory is looked at once more
/// @param leases of a DHCP server, held at once
record CniScale(
        int warmUps,
        int rounds,
        int containers,
        int publishedContainers,
        int concurrentRounds,
        int concurrentContainers,
        int concurrentPublished,
        int oneShots,
        int filled,
        int edge,
        boolean fillsPeer,
        int operations,
        int leases) {
    static final CniScale FULL =
            new CniScale(500, 6, 40, 15, 3, 100, 100, 30, 1_000, 50, true, 10_000, 200);
    static final CniScale QUICK =
            new CniScale(500, 4, 20, 6, 2, 100, 20, 8, 1_000, 50, false, 1_000, 200);
    static final CniScale SMOKE = new CniScale(1, 1, 2, 1, 1, 4, 4, 1, 4, 1, true, 20, 4);
}
