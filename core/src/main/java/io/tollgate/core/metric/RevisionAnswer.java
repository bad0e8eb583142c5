package io.tollgate.core.metric;

import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of how often and how much points were restated. Used by one thread. */
public abstract class RevisionAnswer implements RevisionReading {
    private final Quotients quotients;
    private Status unread = Status.UNREAD;
    private long horizonNs = Instants.NONE;
    private int scale;
    private long pointCount;
    private long restatedCount;
    private long revisionCount;
    private long withdrawalCount;
    private long sizedCount;

    /** Of the sizes, which have 65 bits, the sum in two words, and that of the magnitudes. */
    private long sumLow;

    private long sumHigh;
    private long absoluteLow;
    private long absoluteHigh;

    /** Unsigned. */
    private long largest;

    /**
     * An empty answer.
     *
     * @param quotients used to convert values, by the same thread.
     */
    protected RevisionAnswer(final Quotients quotients) {
        this.quotients = quotients;
    }

    /**
     * Becomes an answer without points.
     *
     * @param scaleOfValues of the series.
     */
    public final void begin(final int scaleOfValues) {
        unread = Status.OK;
        horizonNs = Instants.NONE;
        scale = scaleOfValues;
        pointCount = 0;
        restatedCount = 0;
        revisionCount = 0;
        withdrawalCount = 0;
        sizedCount = 0;
        sumLow = 0;
        sumHigh = 0;
        absoluteLow = 0;
        absoluteHigh = 0;
        largest = 0;
    }

    /**
     * Adds a point.
     *
     * @param revisions   how often it was revised.
     * @param withdrawals how often it was withdrawn.
     * @param first       what it said first, scaled; UNKNOWN if that is not known.
     * @param latest      what it says now; UNKNOWN if that is not known, or it says nothing any more.
     */
    public final void add(final long revisions, final long withdrawals, final long first, final long latest) {
        pointCount++;
        revisionCount += revisions;
        withdrawalCount += withdrawals;
        if (revisions + withdrawals == 0) {
            return;
        }
        restatedCount++;
        if (first != Decimals.UNKNOWN && latest != Decimals.UNKNOWN) {
            addSize(first, latest);
        }
    }

    private void addSize(final long first, final long latest) {
        sizedCount++;
        final boolean isNegative = latest < first;
        final long magnitude = isNegative ? first - latest : latest - first;
        final long absolute = absoluteLow + magnitude;
        absoluteHigh += Long.compareUnsigned(absolute, magnitude) < 0 ? 1 : 0;
        absoluteLow = absolute;
        if (isNegative) {
            sumHigh -= Long.compareUnsigned(sumLow, magnitude) < 0 ? 1 : 0;
            sumLow -= magnitude;
        } else {
            sumLow += magnitude;
            sumHigh += Long.compareUnsigned(sumLow, magnitude) < 0 ? 1 : 0;
        }
        if (Long.compareUnsigned(magnitude, largest) > 0) {
            largest = magnitude;
        }
    }

    /**
     * Says that restatements were forgotten that may belong to it.
     *
     * @param knowledgeTimeNs the horizon of the series, NONE if none were.
     */
    public final void horizon(final long knowledgeTimeNs) {
        horizonNs = knowledgeTimeNs;
    }

    /**
     * Becomes an answer that was not read.
     *
     * @param status CONTENDED or FORGOTTEN.
     */
    public final void none(final Status status) {
        begin(0);
        unread = status;
    }

    @Override
    public final Status status() {
        if (unread != Status.OK) {
            return unread;
        }
        return VersionAnswer.withHorizon(pointCount == 0 ? Status.EMPTY : Status.OK, horizonNs);
    }

    @Override
    public final long horizonNs() {
        return horizonNs;
    }

    @Override
    public final long pointCount() {
        return pointCount;
    }

    @Override
    public final long restatedCount() {
        return restatedCount;
    }

    @Override
    public final long revisionCount() {
        return revisionCount;
    }

    @Override
    public final long withdrawalCount() {
        return withdrawalCount;
    }

    @Override
    public final double meanRevision() {
        return quotients.mean(sumLow, sumHigh, sizedCount, scale);
    }

    @Override
    public final double meanAbsoluteRevision() {
        return quotients.mean(absoluteLow, absoluteHigh, sizedCount, scale);
    }

    @Override
    public final double maxAbsoluteRevision() {
        return sizedCount == 0 ? Double.NaN : quotients.decimal(largest, 0, scale);
    }

    @Override
    public final String toString() {
        return new ReadingText("RevisionReading")
                .add("status", status())
                .add("points", pointCount)
                .add("restated", restatedCount)
                .add("revisions", revisionCount)
                .add("withdrawals", withdrawalCount)
                .toString();
    }
}
