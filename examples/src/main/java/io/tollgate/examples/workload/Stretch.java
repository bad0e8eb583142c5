package io.tollgate.examples.workload;

import io.tollgate.core.report.Footprint;

/**
 * The measured points of a stream. Series that change in step all need a further block of the engine in the same round;
 * for the second block they also need a node and window states. That round costs many times more than others, and later
 * points take another code path. A stretch that contains such a round therefore has no valid result. A stretch may
 * contain rounds in which the first blocks grow.
 *
 * @param workload of the points.
 * @param from     points of the stream before the first measured one.
 * @param to       points of the stream up to the last measured one.
 */
public record Stretch(Workload workload, long from, long to) {
    /**
     * Returns the number of measured points.
     *
     * @return their number.
     */
    public long length() {
        return to - from;
    }

    /**
     * Returns true if all series need a further block at the same time.
     *
     * @return false if the series are out of step, because some need one in each round.
     */
    public boolean isAcrossBlocks() {
        return workload.isInStep() && furtherBlocks(from) != furtherBlocks(to);
    }

    /**
     * Returns the reason why the stretch has no valid result.
     *
     * @return the problem and its remedy.
     */
    public String reason() {
        return this + ", expected no full block in between, because all series would need another block at once; use"
                + " more series or fewer points";
    }

    /** Returns the number of blocks that a series has added to its first one. The first block grows up to then. */
    private long furtherBlocks(final long length) {
        return Math.max(0, Footprint.leaves(points(length)) - 1);
    }

    /** Returns the maximum number of points in a series. */
    private long points(final long length) {
        return (length + workload.seriesCount() - 1) / workload.seriesCount();
    }

    @Override
    public String toString() {
        return "workload=" + workload.name() + " measured from " + points(from) + " to " + points(to)
                + " points a series";
    }
}
