package dev.weft.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// What one piece of work took, done again and again, at least once: nanoseconds or bytes.
final class Samples {
    private final long[] sorted;

    private Samples(long[] sorted) {
        this.sorted = sorted;
    }

    /// Samples in any order.
    static Samples of(long... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /// The samples of several runs together.
    static Samples all(List<Samples> runs) {
        return of(runs.stream().flatMapToLong(run -> Arrays.stream(run.sorted)).toArray());
    }

    /// Does a piece of work so many times.
    ///
    /// @param work is given the number of the repetition, from 0
    static Samples measure(int count, IntConsumer work) {
        long[] nanoseconds = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            work.accept(i);
            nanoseconds[i] = System.nanoTime() - start;
        }
        return of(nanoseconds);
    }

    int count() {
        return sorted.length;
    }

    /// Half of the samples took no longer.
    long median() {
        return percentile(50);
    }

    /// That share of the samples took no longer: the smallest sample for which it holds.
    ///
    /// @param percent above 0, to 100
    long percentile(int percent) {
        int rank = Math.ceilDiv(percent * sorted.length, 100);
        return sorted[rank - 1];
    }
}
