package io.tollgate.api;

/**
 * The seed of a randomised test: the property {@code tollgate.test.seed}, else a new one, printed to be given again.
 */
final class TestSeed {
    private TestSeed() {}

    static long of(final String test) {
        final long seed = Long.getLong("tollgate.test.seed", System.nanoTime());
        System.out.println(test + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }
}
