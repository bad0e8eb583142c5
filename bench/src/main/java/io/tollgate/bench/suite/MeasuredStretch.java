package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;

/** The part of a stream that a trial measures, starting when the windows of its engine are full. */
final class MeasuredStretch {
    private final Workload load;
    private final PointStream stream;
    private final WorkloadEngine engine;
    private final long from;

    /** Starts with the next point drawn. */
    MeasuredStretch(final Workload load, final PointStream stream, final WorkloadEngine engine) {
        this.load = load;
        this.stream = stream;
        this.engine = engine;
        from = stream.length();
    }

    private Stretch soFar() {
        return new Stretch(load, from, stream.length());
    }

    /**
     * Throws if this iteration has no valid result. JMH then drops it and ends the trial with the iterations before.
     * JMH does not call the tear-down of such a trial, so the engine is closed here.
     */
    void endIteration() {
        if (soFar().isAcrossBlocks()) {
            engine.close();
            throw new IllegalStateException(soFar().reason());
        }
    }

    /** Prints the progress of series that change in step, and closes the engine. */
    void endTrial() {
        engine.close();
        if (load.isInStep()) {
            System.out.println(soFar());
        }
    }
}
