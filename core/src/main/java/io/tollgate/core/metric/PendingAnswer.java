package io.tollgate.core.metric;

import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of what is pending. Used by one thread. */
public abstract class PendingAnswer implements PendingReading {
    private final Quotients quotients;
    private final HeldPoints held;
    private boolean isStep;
    private int scale;
    private long atNs = Instants.NONE;
    private long levelInForce;
    private long lastValue;
    private long sumLow;
    private long sumHigh;

    /**
     * An empty answer.
     *
     * @param quotients used to convert values, by the same thread.
     * @param maxPoints how many points it holds at most.
     * @throws IllegalArgumentException if that is out of range.
     */
    protected PendingAnswer(final Quotients quotients, final int maxPoints) {
        this.quotients = quotients;
        held = new HeldPoints("maxPoints", maxPoints);
    }

    /**
     * Becomes an answer without points.
     *
     * @param isStep whether points are levels.
     * @param scale  of the series.
     * @param atNs   the instant as seen from which it is read.
     * @param level  in force there, scaled; UNKNOWN if none is known, and for a FLOW.
     */
    public final void begin(final boolean isStep, final int scale, final long atNs, final long level) {
        held.clear(scale);
        this.isStep = isStep;
        this.scale = scale;
        this.atNs = atNs;
        levelInForce = level;
        lastValue = level;
        sumLow = 0;
        sumHigh = 0;
    }

    /**
     * Adds the next pending point.
     *
     * @param time          its valid time.
     * @param value         its scaled value.
     * @param knowledgeTime when it became known.
     * @param reference     its reference.
     */
    public final void add(final long time, final long value, final long knowledgeTime, final long reference) {
        held.add(time, value, knowledgeTime, reference);
        lastValue = value;
        final long sum = sumLow + value;
        sumHigh += (value >> 63) + (Long.compareUnsigned(sum, sumLow) < 0 ? 1 : 0);
        sumLow = sum;
    }

    /**
     * Becomes an answer that was not read.
     *
     * @param status CONTENDED or FORGOTTEN.
     * @param atNs   the instant as seen from which it was to be read.
     */
    public final void none(final Status status, final long atNs) {
        begin(true, 0, atNs, Decimals.UNKNOWN);
        held.none(status);
    }

    @Override
    public final Status status() {
        return held.status();
    }

    @Override
    public final long atNs() {
        return atNs;
    }

    @Override
    public final long count() {
        return held.count();
    }

    @Override
    public final int heldCount() {
        return held.heldCount();
    }

    @Override
    public final long validTimeNs(final int index) {
        return held.time(index);
    }

    @Override
    public final double value(final int index) {
        return held.value(index, quotients);
    }

    @Override
    public final long scaledValue(final int index) {
        return held.scaledValue(index);
    }

    @Override
    public final double change(final int index) {
        final long value = held.scaledValue(index);
        if (!isStep) {
            return quotients.decimal(value, scale);
        }
        return change(index == 0 ? levelInForce : held.scaledValue(index - 1), value);
    }

    private double change(final long before, final long after) {
        final boolean isKnown = before != Decimals.UNKNOWN && after != Decimals.UNKNOWN;
        return isKnown ? quotients.difference(after, before, scale) : Double.NaN;
    }

    @Override
    public final long knowledgeTimeNs(final int index) {
        return held.knowledgeTime(index);
    }

    @Override
    public final long reference(final int index) {
        return held.reference(index);
    }

    @Override
    public final long announcementLagNs(final int index) {
        return LevelAnswer.spanNs(held.knowledgeTime(index), held.time(index));
    }

    @Override
    public final double pipeline() {
        if (!held.isRead()) {
            return Double.NaN;
        }
        if (held.count() == 0) {
            return 0;
        }
        return isStep ? change(levelInForce, lastValue) : quotients.decimal(sumLow, sumHigh, scale);
    }

    @Override
    public final String toString() {
        return new ReadingText("PendingReading")
                .instant("at", atNs)
                .add("status", status())
                .add("count", count())
                .toString();
    }
}
