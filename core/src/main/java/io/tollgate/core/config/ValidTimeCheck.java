package io.tollgate.core.config;

import io.tollgate.api.series.Instants;

/**
 * Detects valid times that are probably seconds, milliseconds or microseconds since the epoch, given as nanoseconds.
 * Those times lie in January 1970, and are almost never a whole minute.
 */
public final class ValidTimeCheck {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long JANUARY_NS = 31 * 24 * 60 * MINUTE_NS;

    private final long endNs;

    /**
     * Creates a check.
     *
     * @param nearEpochAllowed true if all times are accepted.
     */
    public ValidTimeCheck(final boolean nearEpochAllowed) {
        endNs = nearEpochAllowed ? 0 : JANUARY_NS;
    }

    /**
     * Returns true if a time is probably not in nanoseconds.
     *
     * @param validTimeNs to check.
     * @return true if it is in January 1970 and not a whole minute.
     */
    public boolean isImplausible(final long validTimeNs) {
        return Long.compareUnsigned(validTimeNs, endNs) < 0 && validTimeNs % MINUTE_NS != 0;
    }

    /**
     * Refuses a time that is probably not in nanoseconds.
     *
     * @param name        of the time.
     * @param validTimeNs to check.
     * @throws IllegalArgumentException if it is probably not in nanoseconds; the message names it and the probable
     *     mistake.
     */
    public void require(final String name, final long validTimeNs) {
        if (isImplausible(validTimeNs)) {
            throw new IllegalArgumentException(name + "=" + validTimeNs + " ns is " + Instants.format(validTimeNs)
                    + ", probably seconds, milliseconds or microseconds; expected nanoseconds: in January 1970 only"
                    + " whole minutes are accepted");
        }
    }
}
