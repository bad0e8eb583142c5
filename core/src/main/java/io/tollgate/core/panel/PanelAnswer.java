package io.tollgate.core.panel;

import io.tollgate.api.series.Status;
import io.tollgate.core.number.GroupQuotients;

/** What became of the last read of an answer, which belongs to the reader that made it. Used by one thread. */
abstract class PanelAnswer {
    private final GroupQuotients owner;
    private Status read = Status.UNREAD;

    /**
     * An empty answer.
     *
     * @param owner of the reader that made it.
     */
    PanelAnswer(final GroupQuotients owner) {
        this.owner = owner;
    }

    final boolean isMadeWith(final GroupQuotients readersQuotients) {
        return owner == readersQuotients;
    }

    /** Becomes the answer of what was read, or one that was not: CONTENDED or FORGOTTEN. */
    void filled(final Status outcome) {
        read = outcome;
    }

    final boolean isRead() {
        return read == Status.OK;
    }

    /** Why it was not read, if it was not. */
    final Status outcome() {
        return read;
    }
}
