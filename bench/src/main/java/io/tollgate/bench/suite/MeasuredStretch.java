package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;

/** What a trial measures of a stream, from when the windows of its engine are full. */
final class MeasuredStretch {
    private final Workload load;
    private final PointStream stream;
    private final WorkloadEngine engine;
    private final long from;

    /** Begins with what is drawn next. */
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
     * Fails where this iteration has no figure: JMH drops it then, and ends the trial with those before. It closes
     * nothing of such a trial, so the engine is closed here.
     */
    void endIteration() {
        if (soFar().isAcrossBlocks()) {
            engine.close();
            throw new IllegalStateException(soFar().reason());
        }
    }

    /** Says how far series that change in step have come, and closes the engine. */
    void endTrial() {
        engine.close();
        if (load.isInStep()) {
            System.out.println(soFar());
        }
    }
}
