package io.tollgate.core.control;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.define.RetentionRun;
import io.tollgate.core.writer.EngineCommand;
import io.tollgate.core.writer.EngineWriter;

/** Deletes the history that a retention does not keep. Control threads. */
record HistoryRetainer(EngineWriter writer, CommandInvoker calls) {
    private static final String NAME = "retain";

    /** Deletes the history of the series that match a pattern, and returns the number of deleted versions. */
    long retain(final String pattern, final Retention retention) {
        SeriesPattern.validate(pattern);
        // On the engine's thread, because points offered earlier may advance the clock.
        final Retention kept = retention instanceof Retention.Age age
                ? calls.call(NAME, () -> Retention.since(cutNs(age)))
                : retention;
        final RetentionRun run = writer.retention(pattern, kept);
        return calls.call(NAME, new EngineCommand<>(run, run::forgottenCount));
    }

    private long cutNs(final Retention.Age age) {
        final long nowNs = writer.clock().now();
        return nowNs < Instants.MIN + age.ageNs() ? Instants.MIN : nowNs - age.ageNs();
    }
}
