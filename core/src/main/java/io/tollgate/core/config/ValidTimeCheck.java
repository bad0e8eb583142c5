package io.tollgate.core.config;

import io.tollgate.api.series.Instants;

/**
 * Tells valid times that are meant from those that are probably seconds, milliseconds or microseconds since the epoch
 * taken for nanoseconds: these lie in January 1970, and are hardly ever a whole minute.
 */
public final class ValidTimeCheck {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long JANUARY_NS = 31 * 24 * 60 * MINUTE_NS;

    private final long endNs;

    /**
     * A check.
     *
     * @param nearEpochAllowed whether all times are meant.
     */
    public ValidTimeCheck(final boolean nearEpochAllowed) {
        endNs = nearEpochAllowed ? 0 : JANUARY_NS;
    }

    /**
     * Tells if a time is probably not meant in nanoseconds.
     *
     * @param validTimeNs to look at.
     * @return true if it lies in January 1970, and is no whole minute.
     */
    public boolean isImplausible(final long validTimeNs) {
        return Long.compareUnsigned(validTimeNs, endNs) < 0 && validTimeNs % MINUTE_NS != 0;
    }

    /**
     * Refuses a time that is probably none in nanoseconds.
     *
     * @param name        of the time.
     * @param validTimeNs to look at.
     * @throws IllegalArgumentException naming it, and what probably happened.
     */
    public void require(final String name, final long validTimeNs) {
        if (isImplausible(validTimeNs)) {
            throw new IllegalArgumentException(name + "=" + validTimeNs + " ns is " + Instants.format(validTimeNs)
                    + "; seconds, milliseconds or microseconds taken for nanoseconds? expected no time in January 1970"
                    + " but whole minutes");
        }
    }
}
