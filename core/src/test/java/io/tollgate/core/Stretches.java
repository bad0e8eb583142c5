package io.tollgate.core;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.nio.file.Path;

/** Points of a series in stretches, each of them longer than some segments of the log, and a checkpoint behind each. */
final class Stretches {
    /** Points of a stretch. */
    static final int LENGTH = 3_000;

    /** Of each of these points. */
    static final long REFERENCE = 0x0DDB_A115_EA7E_D0DDL;

    private Stretches() {}

    /** An engine that deletes its old log. */
    static EngineContext context(final Path directory) {
        return Lanes.context()
                .directory(directory)
                .stepped(true)
                .checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog());
    }

    static FlowSeries define(final Engine engine, final String key) {
        return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
    }

    /** The points of a stretch, one a nanosecond. */
    static void offer(final Engine engine, final FlowSeries series, final int stretch) {
        final int end = LENGTH * (stretch + 1);
        for (int i = LENGTH * stretch; i < end; i++) {
            final long ticket = engine.publisher().offer(series, i, 1, i, REFERENCE);
            if (i % 64 == 63 || i == end - 1) {
                engine.awaitApplied(ticket);
            }
        }
    }

    static void feed(final Engine engine, final FlowSeries series, final int stretch) {
        offer(engine, series, stretch);
        engine.checkpoint();
    }

    /** The first operation that the log is to have. */
    static long begin(final Path directory) {
        return new DirectoryFiles(directory).manifest().log().firstSequence();
    }
}
