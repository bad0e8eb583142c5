package io.tollgate.core.panel;

import io.tollgate.api.SlopeReading;
import io.tollgate.api.Status;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;

/** The answer of one read of a slope. Used by one thread. */
final class SlopeAnswer implements SlopeReading {
    private final SlopeScan scan;
    private final GroupQuotients owner;
    private Status unread = Status.CONTENDED;

    /** What a slope is read from. */
    interface SlopeScan extends LevelReader.Attempt {
        LevelSet levels();

        Status slopeStatus();

        double value();

        int count();
    }

    /**
     * An empty answer.
     *
     * @param owner of the reader that made it.
     */
    SlopeAnswer(final SlopeScan scan, final GroupQuotients owner) {
        this.scan = scan;
        this.owner = owner;
    }

    SlopeScan scan() {
        return scan;
    }

    boolean isMadeWith(final GroupQuotients readersQuotients) {
        return owner == readersQuotients;
    }

    /** Becomes the answer of what was read, or one that was not: CONTENDED or FORGOTTEN. */
    void filled(final Status read) {
        unread = read;
    }

    @Override
    public Status status() {
        return unread == Status.OK ? scan.slopeStatus() : unread;
    }

    @Override
    public double value() {
        return status().hasValue() ? scan.value() : Double.NaN;
    }

    @Override
    public int count() {
        return unread == Status.OK ? scan.count() : 0;
    }
}
