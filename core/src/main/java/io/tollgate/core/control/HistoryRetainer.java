package io.tollgate.core.control;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.define.RetentionRun;
import io.tollgate.core.writer.EngineCommand;
import io.tollgate.core.writer.EngineWriter;

/** Lets an engine forget the history that a retention does not keep. Control threads. */
final class HistoryRetainer {
    private static final String NAME = "retain";

    private final EngineWriter writer;
    private final CommandInvoker calls;

    HistoryRetainer(final EngineWriter writer, final CommandInvoker calls) {
        this.writer = writer;
        this.calls = calls;
    }

    /** Forgets what is not to be kept of the series that fit a pattern; how many versions that were. */
    long retain(final String pattern, final Retention retention) {
        SeriesPattern.validate(pattern);
        // On the engine's thread, as what was offered before moves the clock.
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
