package io.tollgate.core.number;

import java.math.BigInteger;
import java.util.Random;

/**
 * Seeded longs. Half of them are near the limits of words, doubles and powers of ten. The property {@code
 * tollgate.test.seed} replaces the seed.
 */
final class AdversarialLongs {
    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        5,
        10,
        1L << 31,
        1L << 32,
        1L << 52,
        1L << 53,
        1L << 54,
        1L << 62,
        Long.MAX_VALUE,
        1_000_000,
        1_000_000_000,
        1_000_000_000_000_000_000L,
        0xFFFF_FFFFL,
        0x7FFF_FFFF_0000_0000L
    };

    private final long seed;
    private final Random random;

    AdversarialLongs(final long seed) {
        this.seed = Long.getLong("tollgate.test.seed", seed);
        random = new Random(this.seed);
    }

    static BigInteger unsigned(final long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    long any() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1;
            case 1 -> -EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1;
            case 2 -> random.nextLong();
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    /** Returns any long, all equally likely. */
    long random() {
        return random.nextLong();
    }

    /** Returns any valid value of a point. */
    long value() {
        return Math.max(any(), Long.MIN_VALUE + 1);
    }

    /** Returns any valid time of a point. */
    long time() {
        return Math.min(value(), Long.MAX_VALUE - 1);
    }

    /** Returns a number from 0 to the bound, excluding the bound. */
    int below(final int bound) {
        return random.nextInt(bound);
    }

    /** Returns true once in so many times. */
    boolean oneIn(final int times) {
        return random.nextInt(times) == 0;
    }

    /** Identifies the case in the message of an assertion, so that it can be repeated. */
    String at(final long step) {
        return "seed=" + seed + " step=" + step;
    }
}
