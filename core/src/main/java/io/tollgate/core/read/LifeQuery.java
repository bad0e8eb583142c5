package io.tollgate.core.read;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;

/** A reading of the life of a series. It can be filled again for another series. */
final class LifeQuery implements LifeReading {
    private static final long ANY_INSTANT = 0;

    private final ReaderAccess access;
    private final LifeReader reader;
    private Status status = Status.UNREAD;
    private long startNs = Instants.NONE;
    private long endNs = Instants.NONE;
    private long endKnownAtNs = Instants.NONE;
    private long successor = Series.NO_NUMBER;
    private long predecessor = Series.NO_NUMBER;

    LifeQuery(final ReaderAccess access, final LifeReader reader) {
        this.access = access;
        this.reader = reader;
    }

    @Override
    public LifeReading read(final Series series) {
        access.require(series, ANY_INSTANT);
        final Status outcome = access.read(reader.of(series), ANY_INSTANT, this);
        if (outcome != Status.OK) {
            begin(Instants.NONE);
            status = outcome;
        }
        return this;
    }

    /** Starts an answer for an open series without links. */
    void begin(final long startNs) {
        status = Status.OK;
        this.startNs = startNs;
        endNs = Instants.NONE;
        endKnownAtNs = Instants.NONE;
        successor(Series.NO_NUMBER);
        predecessor(Series.NO_NUMBER);
    }

    /** Sets the end of a closed series. */
    void end(final long endNs, final long endKnownAtNs) {
        this.endNs = endNs;
        this.endKnownAtNs = endKnownAtNs;
    }

    void successor(final long number) {
        successor = number;
    }

    void predecessor(final long number) {
        predecessor = number;
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

    @Override
    public String toString() {
        return new ReadingText("LifeReading")
                .add("status", status)
                .instant("start", startNs)
                .instant("end", endNs)
                .toString();
    }
}
