package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.number.Threshold;

/** The values that one read of a level has found. Used by one thread. */
public class LevelValues {
    private final Quotients quotients;
    private Status status = Status.UNREAD;
    private int scale;
    private long atNs = Instants.NONE;
    private long scaledValue;
    private long sinceNs;
    private long nextChangeAtNs;
    private long nextScaledValue;
    private long nextKnowledgeTimeNs;
    private long knowledgeTimeNs;
    private long reference;

    /**
     * An empty answer.
     *
     * @param quotients used to convert the level, by the same thread.
     */
    public LevelValues(final Quotients quotients) {
        this.quotients = quotients;
        none(Status.UNREAD, Instants.NONE);
    }

    /**
     * From one instant to another, at most 292 years either way: their difference may have 65 bits.
     *
     * @param fromNs the one.
     * @param toNs   the other.
     * @return {@code toNs - fromNs}, or the bound beyond which it lies.
     */
    public static long spanNs(final long fromNs, final long toNs) {
        final long difference = toNs - fromNs;
        final boolean overflows = ((toNs ^ fromNs) & (toNs ^ difference)) < 0;
        if (overflows) {
            return toNs < fromNs ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
        // -2^63 would be NONE.
        return Math.max(-Long.MAX_VALUE, difference);
    }

    /**
     * Becomes an answer without a level; what is to come must be told next.
     *
     * @param status why there is none.
     */
    public final void none(final Status status) {
        this.status = status;
        scaledValue = Decimals.UNKNOWN;
        sinceNs = Instants.NONE;
        knowledgeTimeNs = Instants.NONE;
        reference = Publisher.NO_REFERENCE;
    }

    /**
     * Becomes an answer without a level, and of nothing to come.
     *
     * @param status why there is none.
     * @param atNs   the instant at which the level was asked for.
     */
    public final void none(final Status status, final long atNs) {
        none(status);
        next(0, atNs, Instants.NONE, Decimals.UNKNOWN, Instants.NONE);
    }

    /**
     * Becomes the answer for a level in force, known or not; what is to come must be told next.
     *
     * @param value           the scaled value, UNKNOWN if it is not known.
     * @param sinceNs         its valid time.
     * @param knowledgeTimeNs its knowledge time.
     * @param reference       its reference.
     */
    public final void level(final long value, final long sinceNs, final long knowledgeTimeNs, final long reference) {
        status = value == Decimals.UNKNOWN ? Status.INSUFFICIENT : Status.OK;
        scaledValue = value;
        this.sinceNs = sinceNs;
        this.knowledgeTimeNs = knowledgeTimeNs;
        this.reference = reference;
    }

    /**
     * What is to come.
     *
     * @param scale           of the series.
     * @param atNs            the instant at which the level is read.
     * @param changeAtNs      valid time of the next point, NONE if there is none.
     * @param value           its scaled value, UNKNOWN if it is not known, or there is none.
     * @param knowledgeTimeNs its knowledge time, NONE if there is none.
     */
    public final void next(
            final int scale, final long atNs, final long changeAtNs, final long value, final long knowledgeTimeNs) {
        this.scale = scale;
        this.atNs = atNs;
        nextChangeAtNs = changeAtNs;
        nextScaledValue = value;
        nextKnowledgeTimeNs = knowledgeTimeNs;
    }

    /** {@return what the level is worth} */
    public final Status status() {
        return status;
    }

    /** {@return the instant at which it was read} */
    public final long atNs() {
        return atNs;
    }

    /** {@return the level in force, NaN without one} */
    public final double value() {
        return status.hasValue() ? quotients.decimal(scaledValue, scale) : Double.NaN;
    }

    /**
     * Compares the exact level, which is known, with a threshold.
     *
     * @param threshold to compare with.
     * @return the sign of the level minus the threshold.
     */
    public final int compare(final Threshold threshold) {
        final double value = value();
        return value == threshold.value()
                ? quotients.compareDifference(scaledValue, 0, scale, threshold)
                : Double.compare(value, threshold.value());
    }

    /** {@return the scaled level in force, UNKNOWN without one} */
    public final long scaledValue() {
        return scaledValue;
    }

    /** {@return since when it has been in force} */
    public final long sinceNs() {
        return sinceNs;
    }

    /** {@return when the next point takes effect, NONE without one} */
    public final long nextChangeAtNs() {
        return nextChangeAtNs;
    }

    /** {@return the level to come, NaN without one} */
    public final double nextValue() {
        return nextScaledValue == Decimals.UNKNOWN ? Double.NaN : quotients.decimal(nextScaledValue, scale);
    }

    /** {@return the scaled level to come, UNKNOWN without one} */
    public final long nextScaledValue() {
        return nextScaledValue;
    }

    /** {@return when the next point became known, NONE without one} */
    public final long nextKnowledgeTimeNs() {
        return nextKnowledgeTimeNs;
    }

    /** {@return the level to come less the one in force} */
    public final double pendingChange() {
        final boolean isKnown = scaledValue != Decimals.UNKNOWN && nextScaledValue != Decimals.UNKNOWN;
        return isKnown ? quotients.difference(nextScaledValue, scaledValue, scale) : Double.NaN;
    }

    /** {@return how long it is until the next point, NONE without one} */
    public final long countdownNs() {
        return nextChangeAtNs == Instants.NONE ? Instants.NONE : spanNs(atNs, nextChangeAtNs);
    }

    /** {@return the share of its time that has passed, NaN without an end} */
    public final double shareElapsed() {
        return sinceNs == Instants.NONE || nextChangeAtNs == Instants.NONE
                ? Double.NaN
                : quotients.ratio(atNs - sinceNs, nextChangeAtNs - sinceNs);
    }

    /** {@return how long before its effect it became known} */
    public final long announcementLagNs() {
        return sinceNs == Instants.NONE ? Instants.NONE : spanNs(knowledgeTimeNs, sinceNs);
    }

    /** {@return when it became known} */
    public final long knowledgeTimeNs() {
        return knowledgeTimeNs;
    }

    /** {@return its reference} */
    public final long reference() {
        return reference;
    }

    @Override
    public String toString() {
        return new ReadingText("LevelReading")
                .instant("at", atNs)
                .answer("value", status, value())
                .instant("since", sinceNs)
                .instant("next", nextChangeAtNs)
                .toString();
    }
}
