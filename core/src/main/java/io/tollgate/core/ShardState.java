package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.read.WriterReader;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.watch.ShardUpdates;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What follows from the operations of a log: the store of a shard, its clock and its updates, and what applies
 * operations to them.
 */
record ShardState(ShardStore store, EngineClock clock, ShardUpdates updates, OperationApplier applier) {
    /** The state that a store begins with. */
    static ShardState of(
            final ShardStore store, final ClockMode mode, final EpochNanoClock systemClock, final EngineTime time) {
        final EngineClock clock = new EngineClock(mode, systemClock, time, store.now());
        final ShardUpdates updates = new ShardUpdates(() -> new WriterReader(store));
        return new ShardState(store, clock, updates, new OperationApplier(store, clock, updates));
    }

    /** Goes on as the store in this directory was closed. */
    void resume(final Path directory) {
        applier.followMode(store.clockModeCode());
        SubscriptionsFile.read(directory, updates, clock);
    }

    /** Writes everything to disk, closes the store in this directory, and marks it as closed cleanly. */
    void closeCleanly(
            final FileAccess files, final Path directory, final long directoryId, final long appliedSequence) {
        SubscriptionsFile.write(files, directory, updates, clock);
        store.closeCleanly(files, directory, clock.now(), applier.modeCode(), directoryId, appliedSequence);
    }
}
