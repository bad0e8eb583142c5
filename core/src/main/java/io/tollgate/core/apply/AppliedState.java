package io.tollgate.core.apply;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.read.WriterReader;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.EngineUpdates;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The state that follows from the operations of a log: store, clock and updates, with the applier that changes them.
 */
public record AppliedState(SeriesStore store, EngineClock clock, EngineUpdates updates, OperationApplier applier) {
    /** Returns the initial state of a store. */
    public static AppliedState of(final SeriesStore store, final ClockMode mode, final EpochNanoClock systemClock) {
        final EngineClock clock = new EngineClock(mode, systemClock, store.now());
        final EngineUpdates updates = new EngineUpdates(() -> new WriterReader(store));
        return new AppliedState(store, clock, updates, new OperationApplier(store, clock, updates));
    }

    /** Restores the state in which the store in this directory was closed. */
    public void resume(final Path directory) {
        applier.followMode(store.clockModeCode());
        SubscriptionsFile.read(directory, updates);
    }

    /** Writes the state to disk, closes the store in this directory and seals it. Returns the CRC-32C of the seal. */
    public int closeCleanly(
            final FileAccess files, final Path directory, final long directoryId, final long appliedSequence) {
        SubscriptionsFile.write(files, directory, updates);
        return store.closeCleanly(files, directory, clock.now(), applier.modeCode(), directoryId, appliedSequence);
    }
}
