package io.tollgate.core.store;

import java.util.OptionalLong;

/**
 * What a store holds of a series, read from outside.
 *
 * @param number       of the series.
 * @param key          of the series, empty if it cannot be read.
 * @param isStep       whether its values are levels.
 * @param scale        digits behind the decimal point.
 * @param pointCount   current points.
 * @param pendingCount of these, how many lie behind the instant that was asked for; empty if that is not known.
 * @param historyCount versions that were revised or withdrawn.
 * @param horizon      the latest end of a version that was forgotten, {@code Long.MIN_VALUE} if none was.
 * @param firstTime    first valid time, {@code Long.MAX_VALUE} without a point.
 * @param lastTime     last valid time, {@code Long.MIN_VALUE} without a point.
 * @param lifeEnd      the end of its life, {@code Long.MIN_VALUE} while it is open.
 * @param endKnownAt   when that end became known, {@code Long.MIN_VALUE} while it is open.
 * @param successor    number of the series that its end names, {@code Long.MIN_VALUE} for none.
 * @param isWhole      whether all this is one state of the series: not so where it kept changing, or was left half
 *                     changed by a process that was killed, or cannot be read: then all of its counts are 0.
 */
public record SeriesSummary(
        long number,
        String key,
        boolean isStep,
        int scale,
        long pointCount,
        OptionalLong pendingCount,
        long historyCount,
        long horizon,
        long firstTime,
        long lastTime,
        long lifeEnd,
        long endKnownAt,
        long successor,
        boolean isWhole) {
    /** {@return the same without a series that follows} */
    public SeriesSummary withoutSuccessor() {
        return new SeriesSummary(
                number,
                key,
                isStep,
                scale,
                pointCount,
                pendingCount,
                historyCount,
                horizon,
                firstTime,
                lastTime,
                lifeEnd,
                endKnownAt,
                Long.MIN_VALUE,
                isWhole);
    }

    /** {@return whether its life has an end} */
    public boolean isClosed() {
        return lifeEnd != Long.MIN_VALUE;
    }
}
