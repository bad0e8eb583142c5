package io.tollgate.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;

/**
 * The extent of a dump. Immutable.
 *
 * @param pattern     pattern of the keys, see {@link SeriesPattern}.
 * @param allVersions true for all versions, false for those that count.
 * @param knownAtNs   knowledge time in ns; {@link Instants#ALL_KNOWN} for all that is known.
 */
public record DumpOptions(String pattern, boolean allVersions, long knownAtNs) {
    /** The versions that count, of all series, as known now. */
    public static final DumpOptions COUNTING = new DumpOptions(SeriesPattern.ANY, false, Instants.ALL_KNOWN);

    /** All versions of all series. */
    public static final DumpOptions ALL = new DumpOptions(SeriesPattern.ANY, true, Instants.ALL_KNOWN);

    /**
     * Checks the pattern and the instant.
     *
     * @param pattern     pattern of the keys.
     * @param allVersions true for all versions, false for those that count.
     * @param knownAtNs   knowledge time in ns; {@link Instants#ALL_KNOWN} for all that is known.
     * @throws IllegalArgumentException if the pattern is invalid, or the instant is out of range.
     */
    public DumpOptions {
        SeriesPattern.validate(pattern);
        if (knownAtNs != Instants.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
    }
}
