package io.tollgate.core.read;

import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** A reading of the revisions of the points of a window. It can be filled again for another series. */
final class RevisionQuery implements RevisionReading {
    private final ReaderAccess access;
    private final SeriesAttempt<RevisionQuery> attempt;
    private final Window window;
    private final Quotients quotients;
    private Status unread = Status.UNREAD;
    private long horizonNs = Instants.NONE;
    private int scale;
    private long pointCount;
    private long restatedCount;
    private long revisionCount;
    private long withdrawalCount;
    private long sizedCount;

    /** The sum of the revision sizes, which have 65 bits, in two words. The sum of the magnitudes follows. */
    private long sumLow;

    private long sumHigh;
    private long absoluteLow;
    private long absoluteHigh;

    /** Unsigned. */
    private long largest;

    RevisionQuery(
            final ReaderAccess access,
            final SeriesAttempt<RevisionQuery> attempt,
            final Quotients quotients,
            final Window window) {
        ReadArguments.requireWindow(window);
        this.access = access;
        this.attempt = attempt;
        this.quotients = quotients;
        this.window = window;
    }

    Window window() {
        return window;
    }

    @Override
    public RevisionReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            begin(0);
            unread = status;
        }
        return this;
    }

    /** Starts an answer without points. */
    void begin(final int scaleOfValues) {
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

    void add(final long revisions, final long withdrawals, final long first, final long latest) {
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

    /** Records that revisions of the window may be before the retention horizon. */
    void horizon(final long knowledgeTimeNs) {
        horizonNs = knowledgeTimeNs;
    }

    @Override
    public Status status() {
        if (unread != Status.OK) {
            return unread;
        }
        return VersionQuery.withHorizon(pointCount == 0 ? Status.EMPTY : Status.OK, horizonNs);
    }

    @Override
    public long horizonNs() {
        return horizonNs;
    }

    @Override
    public long pointCount() {
        return pointCount;
    }

    @Override
    public long restatedCount() {
        return restatedCount;
    }

    @Override
    public long revisionCount() {
        return revisionCount;
    }

    @Override
    public long withdrawalCount() {
        return withdrawalCount;
    }

    @Override
    public double meanRevision() {
        return quotients.mean(sumLow, sumHigh, sizedCount, scale);
    }

    @Override
    public double meanAbsoluteRevision() {
        return quotients.mean(absoluteLow, absoluteHigh, sizedCount, scale);
    }

    @Override
    public double maxAbsoluteRevision() {
        return sizedCount == 0 ? Double.NaN : quotients.decimal(largest, 0, scale);
    }

    @Override
    public String toString() {
        return new ReadingText("RevisionReading")
                .add("status", status())
                .add("points", pointCount)
                .add("restated", restatedCount)
                .add("revisions", revisionCount)
                .add("withdrawals", withdrawalCount)
                .toString();
    }
}
