package dev.weft.ipam.dhcp;

import java.util.random.RandomGenerator;

/// How long a client waits for an answer before it asks again: twice as long each time (RFC 2131
/// section 4.1).
///
/// @param firstMillis the first wait
/// @param mostMillis the longest wait, at most a day
/// @param fuzzMillis by how much a wait is made longer or shorter at random, so that clients that
///   began together do not stay together; less than the first wait
public record Retransmission(long firstMillis, long mostMillis, long fuzzMillis) {
    /// What the RFC recommends.
    public static final Retransmission STANDARD = new Retransmission(4_000, 64_000, 1_000);

    private static final long DAY_MILLIS = 86_400_000;

    public Retransmission {
        if (fuzzMillis < 0
                || fuzzMillis >= firstMillis
                || firstMillis > mostMillis
                || mostMillis > DAY_MILLIS) {
            throw new IllegalArgumentException(
                    "expected fuzz < first <= most <= a day: "
                            + fuzzMillis
                            + ", "
                            + firstMillis
                            + ", "
                            + mostMillis);
        }
    }

    /// @param sent how often has been asked, from 1
    long waitMillis(int sent, RandomGenerator random) {
        long wait = firstMillis;
        for (int i = 1; i < sent && wait < mostMillis; i++) {
            wait *= 2;
        }
        return Math.min(wait, mostMillis) + random.nextLong(-fuzzMillis, fuzzMillis + 1);
    }
}
