package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.read.WriterReader;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.watch.ShardUpdates;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;

/**
 * The store, log and clock of one shard, opened together: as they were closed, or, where they were not closed, or by an
 * earlier version, rebuilt from the log. Whoever opens it has locked the data directory. Control threads, one at a
 * time.
 */
final class EngineShard implements AutoCloseable {
    private final Optional<ShardFolder> folder;
    private final ShardStore store;
    private final Optional<OperationLog> log;
    private final Optional<LogPositions> positions;
    private final EngineClock clock;
    private final OperationApplier applier;
    private final ShardUpdates updates;

    private EngineShard(
            final ShardStore store,
            final EngineClock clock,
            final OperationApplier applier,
            final ShardUpdates updates) {
        this.folder = Optional.empty();
        this.store = store;
        this.log = Optional.empty();
        this.positions = Optional.empty();
        this.clock = clock;
        this.applier = applier;
        this.updates = updates;
    }

    private EngineShard(final ShardFolder folder, final ShardOpening.Opened opened) {
        this.folder = Optional.of(folder);
        this.store = opened.store();
        this.log = Optional.of(opened.log());
        this.positions = Optional.of(opened.positions());
        this.clock = opened.clock();
        this.applier = opened.applier();
        this.updates = opened.updates();
    }

    /** Opens a shard of the engine that the options describe. */
    static EngineShard open(
            final EngineContext context,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches) {
        return context.directory().isPresent()
                ? openDirectory(
                        context,
                        place,
                        time,
                        sharedBatches,
                        new DataFolder(context.directory().get()))
                : openInMemory(context, place, time);
    }

    private static EngineShard openInMemory(
            final EngineContext context, final ShardPlace place, final EngineTime time) {
        final ShardStore store = ShardStore.anonymous(place, context.firstMapEntries());
        final EngineClock clock = new EngineClock(context.clockMode(), context.clock(), time, store.now());
        final ShardUpdates updates = new ShardUpdates(() -> new WriterReader(store));
        final OperationApplier applier = new OperationApplier(store, clock, updates);
        return new EngineShard(store, clock, applier, updates);
    }

    private static EngineShard openDirectory(
            final EngineContext context,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches,
            final DataFolder data) {
        final ShardFolder folder = data.shard(place.index());
        return new EngineShard(folder, new ShardOpening(context, folder, place, time, sharedBatches).open());
    }

    ShardStore store() {
        return store;
    }

    Optional<OperationLog> log() {
        return log;
    }

    EngineClock clock() {
        return clock;
    }

    OperationApplier applier() {
        return applier;
    }

    /** {@return where the log lies, empty in memory} */
    Optional<Path> logDirectory() {
        return folder.map(ShardFolder::log);
    }

    ShardUpdates updates() {
        return updates;
    }

    /** What forces the log of this shard, empty for one in memory. */
    Optional<ShardDurability> durability(final LongSupplier appliedTicket, final LongSupplier appliedSequence) {
        return log.isEmpty() || positions.isEmpty()
                ? Optional.empty()
                : Optional.of(new ShardDurability(log.get(), positions.get(), appliedTicket, appliedSequence));
    }

    Optional<LogPositions> positions() {
        return positions;
    }

    /** Closes log and store without the mark of a clean close: at the next opening the store is rebuilt. */
    void abandon() {
        CloseHelper.closeAll(log.orElse(null), positions.orElse(null), store);
    }

    /** Writes everything and closes; where that fails, without the mark of a clean close. */
    @Override
    public void close() {
        try {
            if (folder.isPresent() && log.isPresent() && positions.isPresent()) {
                final long appliedSequence = log.get().force();
                positions.get().durable(appliedSequence);
                CloseHelper.closeAll(log.get(), positions.get());
                SubscriptionsFile.write(folder.get().path(), updates);
                store.closeCleanly(folder.get().path(), clock.now(), applier.modeCode(), appliedSequence);
                folder.get().removePositions();
            }
        } finally {
            abandon();
        }
    }
}
