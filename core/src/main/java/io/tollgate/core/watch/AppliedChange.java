package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.UpdateCause;

/** What was applied last to a watched series, so that what it brings about can name it. Writer, then the follower. */
public final class AppliedChange {
    /** None of one series. */
    public static final AppliedChange NONE = new AppliedChange();

    /** Those of a batch. */
    public static final AppliedChange BATCH = new AppliedChange();

    private UpdateCause cause = UpdateCause.BATCH;
    private long seriesNumber = Publisher.NONE;
    private long validTimeNs = Publisher.NONE;
    private long knowledgeTimeNs = Publisher.NONE;
    private long reference = Publisher.NONE;

    /** Nothing yet. */
    public AppliedChange() {}

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
