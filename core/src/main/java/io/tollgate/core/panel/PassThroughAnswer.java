package io.tollgate.core.panel;

import io.tollgate.api.panel.PassThroughReading;
import io.tollgate.core.read.LevelReader;

/** The slope of a price against a rate. Used by one thread. */
final class PassThroughAnswer extends SlopeAnswer implements PassThroughReading {
    private final PassThroughScan scan;

    PassThroughAnswer(final PassThroughScan scan, final LevelReader reader) {
        super(scan, reader);
        this.scan = scan;
    }

    @Override
    public PassThroughReading read() {
        fill(scan);
        return this;
    }
}
