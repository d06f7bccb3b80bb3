package dev.weft.testkit;

import java.util.List;
import java.util.SplittableRandom;

/// Random choices from one seed, and properties that hold for all of them.
///
/// ```java
/// Seeded.forAll(500, random -> {
///     byte[] payload = random.bytes(random.between(0, 64));
///     assertThat(decode(encode(payload))).isEqualTo(payload);
/// });
/// ```
///
/// Every run has a seed of its own. A failure names it, and `-Dweft.seed=…` repeats exactly that
/// run and no other.
public final class Seeded {
    private static final String SEED_PROPERTY = "weft.seed";

    private final SplittableRandom random;

    private Seeded(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// What must hold for the choices it is given.
    @FunctionalInterface
    public interface Property {
        void check(Seeded random) throws Exception;
    }

    /// Checks `property` for `runs` fresh seeds, or only for the one of `-Dweft.seed`.
    public static void forAll(int runs, Property property) {
        Long pinned = Long.getLong(SEED_PROPERTY);
        if (pinned != null) {
            check(pinned, property);
            return;
        }
        new SplittableRandom().longs(runs).forEach(seed -> check(seed, property));
    }

    private static void check(long seed, Property property) {
        try {
            property.check(new Seeded(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "repeat with -D" + SEED_PROPERTY + "=" + seed + ": " + failure, failure);
        }
    }

    /// A number from `least` to `most`, both included.
    public int between(int least, int most) {
        return (int) random.nextLong(least, most + 1L);
    }

    /// Any 64-bit number.
    public long anyLong() {
        return random.nextLong();
    }

    /// Any 32-bit unsigned number.
    public long unsignedInt() {
        return random.nextLong(1L << 32);
    }

    /// True or false with equal chance.
    public boolean flip() {
        return random.nextBoolean();
    }

    /// `length` random bytes.
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// One of the choices.
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
