package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.UpdateCause;

/**
 * What was applied to a watched series, so that what it brings about can name it. Of the writer of the series; what is
 * followed is a copy, as the writer goes on to the next one.
 */
public final class AppliedChange {
    /** None of one series: nothing but time. */
    public static final AppliedChange NONE = new AppliedChange();

    /** Those of a batch. */
    public static final AppliedChange BATCH = new AppliedChange(UpdateCause.BATCH);

    private UpdateCause cause;
    private long seriesNumber = Publisher.NONE;
    private long validTimeNs = Publisher.NONE;
    private long knowledgeTimeNs = Publisher.NONE;
    private long reference = Publisher.NONE;

    /** None yet. */
    public AppliedChange() {
        this(UpdateCause.TIME);
    }

    private AppliedChange(final UpdateCause cause) {
        this.cause = cause;
    }

    /**
     * Goes over to another one.
     *
     * @param what      it was.
     * @param series    that was changed.
     * @param validTime of the point.
     * @param knowledge time of it.
     * @param named     its reference.
     */
    public void set(
            final UpdateCause what, final long series, final long validTime, final long knowledge, final long named) {
        cause = what;
        seriesNumber = series;
        validTimeNs = validTime;
        knowledgeTimeNs = knowledge;
        reference = named;
    }

    /**
     * Becomes the same as another one is now.
     *
     * @param other that is copied.
     */
    public void set(final AppliedChange other) {
        set(other.cause, other.seriesNumber, other.validTimeNs, other.knowledgeTimeNs, other.reference);
    }

    UpdateCause cause() {
        return cause;
    }

    long seriesNumber() {
        return seriesNumber;
    }

    long validTimeNs() {
        return validTimeNs;
    }

    long knowledgeTimeNs() {
        return knowledgeTimeNs;
    }

    long reference() {
        return reference;
    }
}
