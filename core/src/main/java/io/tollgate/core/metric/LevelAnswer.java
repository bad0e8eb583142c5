package io.tollgate.core.metric;

import io.tollgate.api.LevelReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.core.number.Quotients;

/** The answer of one read of a level. Used by one thread. */
public final class LevelAnswer implements LevelReading {
    private final Quotients quotients;
    private Status status = Status.EMPTY;
    private int scale;
    private long scaledValue;
    private long sinceNs;
    private long nextChangeAtNs;
    private long knowledgeTimeNs;
    private long reference;

    /**
     * An empty answer.
     *
     * @param quotients used to convert the level, by the same thread.
     */
    public LevelAnswer(final Quotients quotients) {
        this.quotients = quotients;
        none(Status.EMPTY, Publisher.NONE);
    }

    /**
     * Whether it converts with the same scratch memory as a reader.
     *
     * @param readersQuotients those of the reader.
     * @return true if the reader has made it.
     */
    public boolean isMadeWith(final Quotients readersQuotients) {
        return quotients == readersQuotients;
    }

    /**
     * Becomes an answer without a level.
     *
     * @param status         why there is none.
     * @param nextChangeAtNs the next point, NONE if there is none.
     */
    public void none(final Status status, final long nextChangeAtNs) {
        set(status, 0, Publisher.UNKNOWN, Publisher.NONE, Publisher.NONE, Publisher.NONE);
        this.nextChangeAtNs = nextChangeAtNs;
    }

    /**
     * Becomes the answer for a level in force, known or not.
     *
     * @param scale           of the series.
     * @param value           the scaled value, UNKNOWN if it is not known.
     * @param sinceNs         its valid time.
     * @param nextChangeAtNs  the next point, NONE if there is none.
     * @param knowledgeTimeNs its knowledge time.
     * @param reference       its reference.
     */
    public void level(
            final int scale,
            final long value,
            final long sinceNs,
            final long nextChangeAtNs,
            final long knowledgeTimeNs,
            final long reference) {
        set(
                value == Publisher.UNKNOWN ? Status.INSUFFICIENT : Status.OK,
                scale,
                value,
                sinceNs,
                knowledgeTimeNs,
                reference);
        this.nextChangeAtNs = nextChangeAtNs;
    }

    private void set(
            final Status status,
            final int scale,
            final long value,
            final long sinceNs,
            final long knowledgeTimeNs,
            final long reference) {
        this.status = status;
        this.scale = scale;
        this.scaledValue = value;
        this.sinceNs = sinceNs;
        this.knowledgeTimeNs = knowledgeTimeNs;
        this.reference = reference;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public double value() {
        return status.hasValue() ? quotients.decimal(scaledValue, scale) : Double.NaN;
    }

    @Override
    public long scaledValue() {
        return scaledValue;
    }

    @Override
    public long sinceNs() {
        return sinceNs;
    }

    @Override
    public long nextChangeAtNs() {
        return nextChangeAtNs;
    }

    @Override
    public long knowledgeTimeNs() {
        return knowledgeTimeNs;
    }

    @Override
    public long reference() {
        return reference;
    }
}
