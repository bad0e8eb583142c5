package io.tollgate.core.metric;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of a life. Used by one thread. */
public final class LifeAnswer implements LifeReading {
    private Status status = Status.UNREAD;
    private long startNs = Instants.NONE;
    private long endNs = Instants.NONE;
    private long endKnownAtNs = Instants.NONE;
    private long successor = Series.NO_NUMBER;
    private long successorKnownAtNs = Instants.NONE;
    private long predecessor = Series.NO_NUMBER;
    private long predecessorKnownAtNs = Instants.NONE;

    /** An answer that was not read yet. */
    public LifeAnswer() {}

    /**
     * Becomes an answer of which nothing is known.
     *
     * @param status why.
     */
    public void none(final Status status) {
        this.status = status;
        startNs = Instants.NONE;
        open();
    }

    /**
     * Becomes the answer for a series that is open, and neither follows another one nor is followed.
     *
     * @param startNs of its life, {@link Instants#NONE} for none.
     */
    public void begin(final long startNs) {
        status = Status.OK;
        this.startNs = startNs;
        open();
    }

    private void open() {
        endNs = Instants.NONE;
        endKnownAtNs = Instants.NONE;
        successor(Series.NO_NUMBER, Instants.NONE);
        predecessor(Series.NO_NUMBER, Instants.NONE);
    }

    /**
     * Says that it is closed.
     *
     * @param endNs        the end of its life.
     * @param endKnownAtNs when that became known.
     */
    public void end(final long endNs, final long endKnownAtNs) {
        this.endNs = endNs;
        this.endKnownAtNs = endKnownAtNs;
    }

    /**
     * Says what follows.
     *
     * @param number    of the series.
     * @param knownAtNs when that became known.
     */
    public void successor(final long number, final long knownAtNs) {
        successor = number;
        successorKnownAtNs = knownAtNs;
    }

    /**
     * Says what comes before.
     *
     * @param number    of the series.
     * @param knownAtNs when that became known.
     */
    public void predecessor(final long number, final long knownAtNs) {
        predecessor = number;
        predecessorKnownAtNs = knownAtNs;
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

    /** {@return when the series that follows became known, {@link Instants#NONE} without one} */
    public long successorKnownAtNs() {
        return successorKnownAtNs;
    }

    @Override
    public long predecessor() {
        return predecessor;
    }

    /** {@return when it became known that it follows another series, {@link Instants#NONE} if it does not} */
    public long predecessorKnownAtNs() {
        return predecessorKnownAtNs;
    }

    @Override
    public String toString() {
        return new ReadingText("LifeReading")
                .add("status", status)
                .instant("start", startNs)
                .instant("end", endNs)
                .toString();
    }
}
