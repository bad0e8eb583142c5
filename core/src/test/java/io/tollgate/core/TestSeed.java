package io.tollgate.core;

/** The seed of a randomised test: the property {@code tollgate.test.seed}, else a new one, which is printed. */
final class TestSeed {
    private TestSeed() {}

    static long of(final String test) {
        final long seed = Long.getLong("tollgate.test.seed", System.nanoTime());
        System.out.println(test + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }
}
