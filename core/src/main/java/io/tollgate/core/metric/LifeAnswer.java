package io.tollgate.core.metric;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of a life. Used by one thread. */
public abstract class LifeAnswer implements LifeReading {
    private Status status = Status.UNREAD;
    private long startNs = Instants.NONE;
    private long endNs = Instants.NONE;
    private long endKnownAtNs = Instants.NONE;
    private long successor = Series.NO_NUMBER;
    private long predecessor = Series.NO_NUMBER;

    /** An answer that was not read yet. */
    protected LifeAnswer() {}

    /**
     * Becomes an answer of which nothing is known.
     *
     * @param status why.
     */
    public final void none(final Status status) {
        this.status = status;
        startNs = Instants.NONE;
        open();
    }

    /**
     * Becomes the answer for a series that is open, and neither follows another one nor is followed.
     *
     * @param startNs of its life, {@link Instants#NONE} for none.
     */
    public final void begin(final long startNs) {
        status = Status.OK;
        this.startNs = startNs;
        open();
    }

    private void open() {
        endNs = Instants.NONE;
        endKnownAtNs = Instants.NONE;
        successor(Series.NO_NUMBER);
        predecessor(Series.NO_NUMBER);
    }

    /**
     * Says that it is closed.
     *
     * @param endNs        the end of its life.
     * @param endKnownAtNs when that became known.
     */
    public final void end(final long endNs, final long endKnownAtNs) {
        this.endNs = endNs;
        this.endKnownAtNs = endKnownAtNs;
    }

    /**
     * Says what follows.
     *
     * @param number of the series.
     */
    public final void successor(final long number) {
        successor = number;
    }

    /**
     * Says what comes before.
     *
     * @param number of the series.
     */
    public final void predecessor(final long number) {
        predecessor = number;
    }

    @Override
    public final Status status() {
        return status;
    }

    @Override
    public final long startNs() {
        return startNs;
    }

    @Override
    public final long endNs() {
        return endNs;
    }

    @Override
    public final long endKnownAtNs() {
        return endKnownAtNs;
    }

    @Override
    public final long successor() {
        return successor;
    }

    @Override
    public final long predecessor() {
        return predecessor;
    }

    @Override
    public final String toString() {
        return new ReadingText("LifeReading")
                .add("status", status)
                .instant("start", startNs)
                .instant("end", endNs)
                .toString();
    }
}
