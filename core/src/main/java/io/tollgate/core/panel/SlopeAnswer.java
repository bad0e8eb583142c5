package io.tollgate.core.panel;

import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;

/** The answer of one read of a slope. Used by one thread. */
final class SlopeAnswer extends PanelAnswer implements SlopeReading {
    private final SlopeScan scan;

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
        super(owner);
        this.scan = scan;
    }

    SlopeScan scan() {
        return scan;
    }

    @Override
    public Status status() {
        return isRead() ? scan.slopeStatus() : outcome();
    }

    @Override
    public double value() {
        return status().hasValue() ? scan.value() : Double.NaN;
    }

    @Override
    public int count() {
        return isRead() ? scan.count() : 0;
    }

    @Override
    public String toString() {
        return new ReadingText("SlopeReading")
                .answer("value", status(), value())
                .add("count", count())
                .toString();
    }
}
