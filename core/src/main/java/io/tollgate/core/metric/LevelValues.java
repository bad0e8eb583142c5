package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.number.Threshold;

/** The values of one read of a level. Used by one thread. */
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
     * Creates an empty answer.
     *
     * @param quotients converts the level; used by the same thread.
     */
    public LevelValues(final Quotients quotients) {
        this.quotients = quotients;
        none(Status.UNREAD, Instants.NONE);
    }

    /**
     * Returns the time between two instants, limited to 292 years either way, because the difference may need 65 bits.
     *
     * @param fromNs the start.
     * @param toNs   the end.
     * @return {@code toNs - fromNs}, or the limit that it exceeds.
     */
    public static long spanNs(final long fromNs, final long toNs) {
        final long difference = toNs - fromNs;
        final boolean overflows = ((toNs ^ fromNs) & (toNs ^ difference)) < 0;
        if (overflows) {
            return toNs < fromNs ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
        // -2^63 is NONE.
        return Math.max(-Long.MAX_VALUE, difference);
    }

    /**
     * Sets an answer without a level; {@link #next} must follow.
     *
     * @param status the reason.
     */
    public final void none(final Status status) {
        this.status = status;
        scaledValue = Decimals.UNKNOWN;
        sinceNs = Instants.NONE;
        knowledgeTimeNs = Instants.NONE;
        reference = Publisher.NO_REFERENCE;
    }

    /**
     * Sets an answer without a level and without a next point.
     *
     * @param status the reason.
     * @param atNs   the instant of the read.
     */
    public final void none(final Status status, final long atNs) {
        none(status);
        next(0, atNs, Instants.NONE, Decimals.UNKNOWN, Instants.NONE);
    }

    /**
     * Sets the level in force, known or not; {@link #next} must follow.
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
     * Sets the next point.
     *
     * @param scale           of the series.
     * @param atNs            the instant of the read.
     * @param changeAtNs      valid time of the next point, NONE if there is none.
     * @param value           its scaled value, UNKNOWN if it is not known or there is no next point.
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

    /** {@return the status of the level} */
    public final Status status() {
        return status;
    }

    /** {@return the instant of the read} */
    public final long atNs() {
        return atNs;
    }

    /** {@return the level in force, NaN if there is none} */
    public final double value() {
        return status.hasValue() ? quotients.decimal(scaledValue, scale) : Double.NaN;
    }

    /**
     * Compares the exact level, which must be known, with a threshold.
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

    /** {@return the scaled level in force, UNKNOWN if there is none} */
    public final long scaledValue() {
        return scaledValue;
    }

    /** {@return the instant since which the level has been in force} */
    public final long sinceNs() {
        return sinceNs;
    }

    /** {@return the instant at which the next point takes effect, NONE if there is none} */
    public final long nextChangeAtNs() {
        return nextChangeAtNs;
    }

    /** {@return the next level, NaN if there is none} */
    public final double nextValue() {
        return nextScaledValue == Decimals.UNKNOWN ? Double.NaN : quotients.decimal(nextScaledValue, scale);
    }

    /** {@return the next scaled level, UNKNOWN if there is none} */
    public final long nextScaledValue() {
        return nextScaledValue;
    }

    /** {@return the knowledge time of the next point, NONE if there is none} */
    public final long nextKnowledgeTimeNs() {
        return nextKnowledgeTimeNs;
    }

    /** {@return the next level minus the level in force} */
    public final double pendingChange() {
        final boolean isKnown = scaledValue != Decimals.UNKNOWN && nextScaledValue != Decimals.UNKNOWN;
        return isKnown ? quotients.difference(nextScaledValue, scaledValue, scale) : Double.NaN;
    }

    /** {@return the time until the next point in ns, NONE if there is none} */
    public final long countdownNs() {
        return nextChangeAtNs == Instants.NONE ? Instants.NONE : spanNs(atNs, nextChangeAtNs);
    }

    /**
     * {@return the elapsed share of the time from the level in force to the next point, NaN if there is no next point}
     */
    public final double shareElapsed() {
        return sinceNs == Instants.NONE || nextChangeAtNs == Instants.NONE
                ? Double.NaN
                : quotients.ratio(atNs - sinceNs, nextChangeAtNs - sinceNs);
    }

    /** {@return the time in ns from the knowledge time to the valid time of the level in force} */
    public final long announcementLagNs() {
        return sinceNs == Instants.NONE ? Instants.NONE : spanNs(knowledgeTimeNs, sinceNs);
    }

    /** {@return the knowledge time of the level in force} */
    public final long knowledgeTimeNs() {
        return knowledgeTimeNs;
    }

    /** {@return the reference of the level in force} */
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
