package io.tollgate.core.report;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import java.util.OptionalLong;

/**
 * The counts and the life of a series, for an overview of a data directory.
 *
 * @param series       its key, number and definition.
 * @param pointCount   current points.
 * @param pendingCount the number of these points after the engine clock; empty if the clock is unknown.
 * @param historyCount versions that were revised or withdrawn.
 * @param horizon      the latest end of a forgotten version, {@link Instants#NONE} if none was forgotten.
 * @param lifeEnd      the end of its life, {@link Instants#NONE} while it is open.
 * @param endKnownAt   when that end became known, {@link Instants#NONE} while it is open.
 * @param successor    the number of the following series, {@link Series#NO_NUMBER} for none.
 * @param isIntact      false if the series kept changing, or a killed process left it half changed; the counts are then
 *     0.
 */
public record SeriesSummary(
        Series series,
        long pointCount,
        OptionalLong pendingCount,
        long historyCount,
        long horizon,
        long lifeEnd,
        long endKnownAt,
        long successor,
        boolean isIntact) {
    /**
     * Returns the summary of a series that could not be read consistently.
     *
     * @param series that was read.
     * @return a summary without counts.
     */
    public static SeriesSummary torn(final Series series) {
        return new SeriesSummary(
                series,
                0,
                OptionalLong.empty(),
                0,
                Instants.NONE,
                Instants.NONE,
                Instants.NONE,
                Series.NO_NUMBER,
                false);
    }

    /** {@return true if its life has an end} */
    public boolean isClosed() {
        return lifeEnd != Instants.NONE;
    }
}
