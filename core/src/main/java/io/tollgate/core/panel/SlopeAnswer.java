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
    private boolean isContended = true;

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

    /** Becomes the answer of what was read, or "could not be read". */
    void filled(final boolean isRead) {
        isContended = !isRead;
    }

    @Override
    public Status status() {
        return isContended ? Status.CONTENDED : scan.slopeStatus();
    }

    @Override
    public double value() {
        return status().hasValue() ? scan.value() : Double.NaN;
    }

    @Override
    public int count() {
        return isContended ? 0 : scan.count();
    }
}
