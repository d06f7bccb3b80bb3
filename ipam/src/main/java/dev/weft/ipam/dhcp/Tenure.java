package dev.weft.ipam.dhcp;

import java.util.random.RandomGenerator;

/// A lease with the times at which something is to be done about it (RFC 2131 section 4.4.5), all
/// of one clock; [#NEVER] for leases without end.
///
/// @param grantedMillis from when its times count
/// @param renewMillis T1: its server is asked to extend it
/// @param rebindMillis T2: any server is asked
/// @param expireMillis it is over
record Tenure(
        Dhcpv4Lease lease,
        long grantedMillis,
        long renewMillis,
        long rebindMillis,
        long expireMillis) {
    static final long NEVER = Long.MAX_VALUE;

    private static final long MILLIS = 1000;

    /// T1 comes up to this part of it early, so that clients that began together do not stay
    /// together.
    private static final int FUZZ = 20;

    /// Between two requests to extend a lease pass at least so many, in long leases.
    private static final long LEAST_WAIT_MILLIS = 60_000;

    /// In short ones there are this many waits; with a minute they would have one try.
    private static final int SHORT_WAITS = 20;

    /// Times of the server's that are not in order are as good as none.
    static Tenure of(Dhcpv4Lease lease, long grantedMillis, RandomGenerator random) {
        if (lease.seconds().isEmpty()) {
            return new Tenure(lease, grantedMillis, NEVER, NEVER, NEVER);
        }
        long length = lease.seconds().getAsLong() * MILLIS;
        long renew = lease.renewalSeconds().orElse(-1) * MILLIS;
        long rebind = lease.rebindingSeconds().orElse(-1) * MILLIS;
        renew = renew < 0 ? length / 2 : renew;
        rebind = rebind < 0 ? length / 8 * 7 : rebind;
        if (renew == 0 || renew >= rebind || rebind >= length) {
            renew = length / 2;
            rebind = length / 8 * 7;
        }
        return new Tenure(
                lease,
                grantedMillis,
                grantedMillis + renew - random.nextLong(renew / FUZZ + 1),
                grantedMillis + rebind,
                grantedMillis + length);
    }

    /// When to ask again after asking now, on the way to `limitMillis`: after half of what is left
    /// (section 4.4.5).
    long askAgainMillis(long nowMillis, long limitMillis) {
        long least = Math.min(LEAST_WAIT_MILLIS, (expireMillis - grantedMillis) / SHORT_WAITS);
        return Math.min(limitMillis, nowMillis + Math.max((limitMillis - nowMillis) / 2, least));
    }
}
