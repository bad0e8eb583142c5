package io.tollgate.core;

/**
 * How much the tests do that do something many times: as much as they say, times the property
 * {@code tollgate.test.effort}, 1 where it is not given; more where there is time, less where each of many mutants of
 * the code is tested.
 */
public final class TestEffort {
    private static final double FACTOR = Double.parseDouble(System.getProperty("tollgate.test.effort", "1"));

    private TestEffort() {}

    /** So many times, once at least. */
    public static int times(final int count) {
        return (int) Math.max(1, Math.round(count * FACTOR));
    }
}
