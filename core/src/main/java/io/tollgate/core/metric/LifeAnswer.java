package io.tollgate.core.metric;

import io.tollgate.api.LifeReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;

/** The answer of one read of a life. Used by one thread. */
public final class LifeAnswer implements LifeReading {
    private Status status = Status.EMPTY;
    private long startNs = Publisher.NONE;
    private long endNs = Publisher.NONE;
    private long endKnownAtNs = Publisher.NONE;
    private long successor = Publisher.NONE;
    private long predecessor = Publisher.NONE;

    /** An answer that was not read yet: EMPTY. */
    public LifeAnswer() {}

    /**
     * Becomes an answer of which nothing is known.
     *
     * @param status why.
     */
    public void none(final Status status) {
        this.status = status;
        startNs = Publisher.NONE;
        open();
        predecessor = Publisher.NONE;
    }

    /**
     * Becomes the answer for a series that is open; what comes before must be told next.
     *
     * @param startNs of its life, {@link Publisher#NONE} for none.
     */
    public void begin(final long startNs) {
        status = Status.OK;
        this.startNs = startNs;
        open();
    }

    private void open() {
        endNs = Publisher.NONE;
        endKnownAtNs = Publisher.NONE;
        successor = Publisher.NONE;
    }

    /**
     * Says that it is closed.
     *
     * @param endNs        the end of its life.
     * @param endKnownAtNs when that became known.
     * @param successor    number of the series that follows, {@link Publisher#NONE} for none.
     */
    public void end(final long endNs, final long endKnownAtNs, final long successor) {
        this.endNs = endNs;
        this.endKnownAtNs = endKnownAtNs;
        this.successor = successor;
    }

    /**
     * Says what comes before.
     *
     * @param predecessor number of the series, {@link Publisher#NONE} for none.
     */
    public void predecessor(final long predecessor) {
        this.predecessor = predecessor;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public long endNs() {
        return endNs;
    }

    @Override
    public long endKnownAtNs() {
        return endKnownAtNs;
    }

    @Override
    public long successor() {
        return successor;
    }

    @Override
    public long predecessor() {
        return predecessor;
    }
}
