package io.tollgate.core.panel;

import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;

/** The answer of one read of a slope. Used by one thread. */
abstract class SlopeAnswer extends PanelAnswer implements SlopeReading {
    private final SlopeScan scan;

    /** The data of a slope. */
    interface SlopeScan extends LevelReader.Attempt {
        LevelSet levels();

        Status slopeStatus();

        double value();

        int count();
    }

    SlopeAnswer(final SlopeScan scan, final LevelReader reader) {
        super(reader, scan.levels());
        this.scan = scan;
    }

    @Override
    public final Status status() {
        return isRead() ? scan.slopeStatus() : outcome();
    }

    @Override
    public final double value() {
        return status().hasValue() ? scan.value() : Double.NaN;
    }

    @Override
    public final int count() {
        return isRead() ? scan.count() : 0;
    }

    @Override
    public final String toString() {
        return new ReadingText("SlopeReading")
                .answer("value", status(), value())
                .add("count", count())
                .toString();
    }
}
