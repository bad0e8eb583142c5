package io.tollgate.core;

import io.tollgate.api.Instants;
import io.tollgate.api.Retention;
import io.tollgate.api.SeriesPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Lets all shards forget the history that a retention does not keep. Control threads. */
final class HistoryRetainer {
    private static final String NAME = "retain";

    private final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller;
    private final LongSupplier now;

    /**
     * @param caller gives every shard a command, and waits for all of them.
     * @param now    the engine clock.
     */
    HistoryRetainer(final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller, final LongSupplier now) {
        this.caller = caller;
        this.now = now;
    }

    /** Forgets what is not to be kept of the series that fit a pattern; how many versions that were. */
    long retain(final String pattern, final Retention retention) {
        SeriesPattern.validate(pattern);
        Objects.requireNonNull(retention, "retention=null, expected what to keep");
        // What was offered before moves the clock, on whatever shard it is.
        caller.accept(NAME, worker -> new EngineCommand<>(() -> true, () -> NAME));
        final Retention kept = retention instanceof Retention.Age age ? Retention.since(cutNs(age)) : retention;
        final List<RetentionRun> runs = new ArrayList<>();
        caller.accept(NAME, worker -> {
            final RetentionRun run = worker.retention(pattern, kept);
            runs.add(run);
            return new EngineCommand<>(run, () -> NAME);
        });
        return runs.stream().mapToLong(RetentionRun::forgottenCount).sum();
    }

    private long cutNs(final Retention.Age age) {
        final long nowNs = Math.max(now.getAsLong(), Instants.MIN);
        return nowNs < Instants.MIN + age.ageNs() ? Instants.MIN : nowNs - age.ageNs();
    }
}
