package io.tollgate.core.number;

import java.math.BigInteger;
import java.util.Random;

/**
 * Seeded longs that lie on the edges of words, doubles and powers of ten as often as they lie between them. The
 * property {@code tollgate.test.seed} replaces the seed.
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

    /** Any long. */
    long any() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1;
            case 1 -> -EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1;
            case 2 -> random.nextLong();
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    /** Any long, all equally likely. */
    long random() {
        return random.nextLong();
    }

    /** Any long a point may have as its value. */
    long value() {
        return Math.max(any(), Long.MIN_VALUE + 1);
    }

    /** Any long a point may have as its time. */
    long time() {
        return Math.min(value(), Long.MAX_VALUE - 1);
    }

    /** From 0 to the bound, the bound itself excluded. */
    int below(final int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean oneIn(final int times) {
        return random.nextInt(times) == 0;
    }

    /** Names the case in an assertion's message, so that it can be run again. */
    String at(final long step) {
        return "seed=" + seed + " step=" + step;
    }
}
