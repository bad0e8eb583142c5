package io.tollgate.examples.workload;

import io.tollgate.core.report.Footprint;

/**
 * The points of a stream that are measured. Series that change in step all need a further block of the engine in the
 * same round, and with the second one a node and states of windows as well. That takes many times what a point takes
 * otherwise, and what comes behind it is another way of a point: a stretch with that inside has no figure.
 *
 * @param workload whose points they are.
 * @param from     points of the stream before the first of them.
 * @param to       points of the stream up to the last of them.
 */
public record Stretch(Workload workload, long from, long to) {
    private static final int BLOCK_POINTS = Footprint.BLOCK_POINTS;

    /**
     * How many they are.
     *
     * @return their number.
     */
    public long length() {
        return to - from;
    }

    /**
     * Whether all series need a further block at once.
     *
     * @return false where they are out of step, so that some do in each round.
     */
    public boolean isAcrossBlocks() {
        return workload.isInStep() && (points(from) - 1) / BLOCK_POINTS != (points(to) - 1) / BLOCK_POINTS;
    }

    /**
     * Why it has no figure, where it has none.
     *
     * @return what is wrong, and what to do about it.
     */
    public String reason() {
        return this + ", expected no block of " + BLOCK_POINTS + " to be full in between: all series need another one"
                + " then at once; take more series, or measure fewer points";
    }

    /** Of each series at most. */
    private long points(final long length) {
        return (length + workload.seriesCount() - 1) / workload.seriesCount();
    }

    @Override
    public String toString() {
        return "workload=" + workload.name() + " measured from " + points(from) + " to " + points(to)
                + " points a series";
    }
}
