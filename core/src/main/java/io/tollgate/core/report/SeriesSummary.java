package io.tollgate.core.report;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import java.util.OptionalLong;

/**
 * A series in numbers, for an overview of a data directory.
 *
 * @param series       its key, number and definition.
 * @param pointCount   current points.
 * @param pendingCount of these, how many lie after the engine clock; empty if the clock is not known.
 * @param historyCount versions that were revised or withdrawn.
 * @param horizon      the latest end of a version that was forgotten, {@link Instants#NONE} if none was.
 * @param lifeEnd      the end of its life, {@link Instants#NONE} while it is open.
 * @param endKnownAt   when that end became known, {@link Instants#NONE} while it is open.
 * @param successor    the number of the series that follows it, {@link Series#NO_NUMBER} for none.
 * @param isIntact      false if the series kept changing, or a killed process left it half changed: the counts are 0.
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
     * The summary of a series that could not be read in one state.
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
