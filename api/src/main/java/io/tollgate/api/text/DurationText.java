package io.tollgate.api.text;

import java.math.BigDecimal;

/** Formats durations as the command line writes them: an integer and a unit. */
public final class DurationText {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] UNITS_NS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000, 1_000_000, 1_000, 1
    };

    private DurationText() {}

    /**
     * Formats a duration in the largest unit that gives an integer.
     *
     * @param durationNs duration in ns, above 0.
     * @return for example {@code 30d}.
     */
    public static String of(final long durationNs) {
        int unit = 0;
        while (durationNs % UNITS_NS[unit] != 0) {
            unit++;
        }
        return durationNs / UNITS_NS[unit] + UNITS[unit];
    }

    /**
     * Formats a measured duration in milliseconds.
     *
     * @param durationNs duration in ns.
     * @return for example {@code 1.234 ms}.
     */
    public static String inMilliseconds(final long durationNs) {
        return BigDecimal.valueOf(durationNs / 1_000, 3) + " ms";
    }
}
