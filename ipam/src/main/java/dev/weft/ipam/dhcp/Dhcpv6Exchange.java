package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6;
import java.util.random.RandomGenerator;

/// A request that waits for its answer, and when it is sent again (RFC 8415 section 15).
///
/// @param kind what is asked
/// @param transactionId the same for all its copies
/// @param firstMillis when it was sent first
/// @param sent how often it has been sent
/// @param waitMillis for how long after the last one
/// @param againMillis when to send it again, or something else
record Dhcpv6Exchange(
        Kind kind,
        int transactionId,
        long firstMillis,
        int sent,
        long waitMillis,
        long againMillis) {

    /// The requests with their parameters (section 7.6); 0 is no limit.
    enum Kind {
        SOLICIT(Dhcpv6.SOLICIT, 1_000, 3_600_000, 0, 0),
        REQUEST(Dhcpv6.REQUEST, 1_000, 30_000, 10, 0),
        CONFIRM(Dhcpv6.CONFIRM, 1_000, 4_000, 0, 10_000),
        RENEW(Dhcpv6.RENEW, 10_000, 600_000, 0, 0),
        REBIND(Dhcpv6.REBIND, 10_000, 600_000, 0, 0),
        RELEASE(Dhcpv6.RELEASE, 1_000, 0, 4, 0),
        DECLINE(Dhcpv6.DECLINE, 1_000, 0, 4, 0);

        final int type;
        final long firstWaitMillis;
        final long mostWaitMillis;
        final int mostSent;
        final long mostMillis;

        Kind(int type, long firstWaitMillis, long mostWaitMillis, int mostSent, long mostMillis) {
            this.type = type;
            this.firstWaitMillis = firstWaitMillis;
            this.mostWaitMillis = mostWaitMillis;
            this.mostSent = mostSent;
            this.mostMillis = mostMillis;
        }
    }

    static Dhcpv6Exchange of(Kind kind, long nowMillis, RandomGenerator random) {
        return new Dhcpv6Exchange(kind, random.nextInt(1 << 24), nowMillis, 0, 0, nowMillis);
    }

    /// Whether it has been tried long and often enough.
    boolean isOver(long nowMillis) {
        return (kind.mostSent > 0 && sent >= kind.mostSent)
                || (kind.mostMillis > 0 && nowMillis - firstMillis >= kind.mostMillis);
    }

    /// After another copy was sent.
    ///
    /// @param mostWaitMillis the longest wait, 0 for no limit
    Dhcpv6Exchange sentAgain(long nowMillis, long mostWaitMillis, RandomGenerator random) {
        double fuzz = random.nextDouble(-0.1, 0.1);
        // The first wait for a server must not be shorter than said (section 18.2.1).
        double first = kind == Kind.SOLICIT ? Math.abs(fuzz) : fuzz;
        double wait = sent == 0 ? kind.firstWaitMillis * (1 + first) : waitMillis * (2 + fuzz);
        if (mostWaitMillis > 0 && wait > mostWaitMillis) {
            wait = mostWaitMillis * (1 + fuzz);
        }
        long millis = Math.max(1, (long) wait);
        return new Dhcpv6Exchange(
                kind, transactionId, firstMillis, sent + 1, millis, nowMillis + millis);
    }
}
