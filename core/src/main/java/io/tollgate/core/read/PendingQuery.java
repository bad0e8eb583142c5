package io.tollgate.core.read;

import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.metric.LevelValues;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** A reading of the pending points of a series. It can be filled again for another series. */
final class PendingQuery extends HeldPoints implements PendingReading {
    private final ReaderAccess access;
    private final PendingAttempt attempt;
    private boolean isStep;
    private long atNs = Instants.NONE;
    private long levelInForce;
    private long lastValue;
    private long sumLow;
    private long sumHigh;

    PendingQuery(
            final ReaderAccess access, final PendingAttempt attempt, final Quotients quotients, final int maxPoints) {
        super(quotients, "maxPoints", maxPoints);
        this.access = access;
        this.attempt = attempt;
    }

    @Override
    public PendingReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }

    /** Starts an answer without points. */
    void begin(final boolean isStep, final int scale, final long atNs, final long level) {
        clear(scale);
        this.isStep = isStep;
        this.atNs = atNs;
        levelInForce = level;
        lastValue = level;
        sumLow = 0;
        sumHigh = 0;
    }

    void add(final long time, final long value, final long knowledgeTime, final long reference) {
        hold(time, value, knowledgeTime, reference);
        lastValue = value;
        final long sum = sumLow + value;
        sumHigh += (value >> 63) + (Long.compareUnsigned(sum, sumLow) < 0 ? 1 : 0);
        sumLow = sum;
    }

    /** Sets the status of a series that was not read. */
    void none(final Status status, final long atNs) {
        begin(true, 0, atNs, Decimals.UNKNOWN);
        none(status);
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public double change(final int index) {
        final long value = scaledValue(index);
        if (!isStep) {
            return quotients().decimal(value, scale());
        }
        return change(index == 0 ? levelInForce : scaledValue(index - 1), value);
    }

    private double change(final long before, final long after) {
        final boolean isKnown = before != Decimals.UNKNOWN && after != Decimals.UNKNOWN;
        return isKnown ? quotients().difference(after, before, scale()) : Double.NaN;
    }

    @Override
    public long announcementLagNs(final int index) {
        return LevelValues.spanNs(knowledgeTimeNs(index), validTimeNs(index));
    }

    @Override
    public double pipeline() {
        if (!isRead()) {
            return Double.NaN;
        }
        if (count() == 0) {
            return 0;
        }
        return isStep ? change(levelInForce, lastValue) : quotients().decimal(sumLow, sumHigh, scale());
    }

    @Override
    public String toString() {
        return new ReadingText("PendingReading")
                .instant("at", atNs)
                .add("status", status())
                .add("count", count())
                .toString();
    }
}
