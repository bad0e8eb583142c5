package io.tollgate.examples;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The seed of a randomised test, printed so that the run can be repeated. The property {@code tollgate.test.seed} sets
 * it. Otherwise each test has its own sequence of seeds, which starts at the property {@code tollgate.test.seeds} and
 * is the same in every run. Without either property the seed is new.
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
