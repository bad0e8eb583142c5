package io.tollgate.flink;

/** The seed of a randomised test, printed to be given again as {@code -Dtollgate.test.seed}. */
public final class TestSeed {
    private TestSeed() {}

    public static long of(final String test) {
        final Long first = Long.getLong("tollgate.test.seeds");
        final long drawn = first == null ? System.nanoTime() : first + test.hashCode();
        final long seed = Long.getLong("tollgate.test.seed", drawn);
        System.out.println(test + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }
}
