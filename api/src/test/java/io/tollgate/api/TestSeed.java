package io.tollgate.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The seed of a randomised test. The property {@code tollgate.test.seed} sets it. With the property {@code
 * tollgate.test.seeds}, each test takes the next seed of its own sequence, the same in each run. Otherwise the seed is
 * new. The test prints it.
 */
public final class TestSeed {
    private static final Map<String, Long> TURNS = new ConcurrentHashMap<>();

    private TestSeed() {}

    public static long of(final String test) {
        final Long given = Long.getLong("tollgate.test.seed");
        final long seed = given == null ? next(test) : given;
        System.out.println(test + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }

    private static long next(final String test) {
        final Long first = Long.getLong("tollgate.test.seeds");
        return first == null
                ? System.nanoTime()
                : first + test.hashCode() + 1_000_003 * TURNS.merge(test, 1L, Long::sum);
    }
}
