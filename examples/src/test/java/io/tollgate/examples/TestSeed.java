package io.tollgate.examples;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The seed of a randomised test, printed to be given again: the property {@code tollgate.test.seed}; else the next of
 * the test's own, which begin where the property {@code tollgate.test.seeds} says, the same in every run; else a new
 * one.
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
