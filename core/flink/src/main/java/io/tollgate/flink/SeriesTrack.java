package io.tollgate.flink;

import io.tollgate.api.series.Series;

/** A series in the engine of a subtask, with its operations that are not in the state yet. One thread. */
final class SeriesTrack {
    private final Series series;
    private final OperationBuffer pending = new OperationBuffer();
    private long sequence;
    private boolean isInState;

    SeriesTrack(final Series series) {
        this.series = series;
    }

    Series series() {
        return series;
    }

    OperationBuffer pending() {
        return pending;
    }

    /** Returns the number of accepted points and withdrawals. */
    long sequence() {
        return sequence;
    }

    void sequence(final long newSequence) {
        sequence = newSequence;
    }

    /** Returns true if the state has an image of the series, so that operations may follow it there. */
    boolean isInState() {
        return isInState;
    }

    void markInState() {
        isInState = true;
    }
}
