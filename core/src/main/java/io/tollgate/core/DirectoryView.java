package io.tollgate.core;

import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Series;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.panel.SharedGroups;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.read.ShardedReader;
import io.tollgate.core.store.JvmAccess;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStores;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreView;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A data directory opened for reading only, as another process does it: while an engine writes it, after that has died,
 * or after it was closed. It gives the answers of the engine, through the same code, each of one state of its series;
 * what the engine adds while it is open, series and windows too, is seen. Files are mapped for reading only; no lock is
 * taken, nothing is written, and to be allowed to read is enough.
 *
 * <p>A series that a process was changing when it died says CONTENDED at every read, as {@link #state()} is
 * {@link DirectoryInspection.State#NOT_CLOSED} then: all others answer. Opening the directory with an engine, or
 * {@code recover}, makes it anew, after which a view that was opened before refuses to read: open another one. Of a
 * directory that was deleted and restored in its place it goes on to read what was deleted; {@link #state()} and
 * {@link #now()} refuse then.
 *
 * <p>Not seen from outside: groups that an engine keeps up to date are read here member by member, and updates are told
 * to those who subscribe in the engine only. Files that others cut or overwrite while they are mapped can end this
 * process. After a rebuild the disk space of the files that were deleted is given back when the view is closed. Where
 * the operating system tells no boot id (it does on Linux), only directories that were closed can be read.
 *
 * <p>Any thread; one reader a thread.
 */
public final class DirectoryView implements AutoCloseable {
    private static final String OUTDATED =
            ": was rebuilt from its log, or restored, since this view was opened; open another one to read";

    private final DataFolder folder;
    private final List<StoreView> shards;
    private final ShardStores stores;
    private final ReadGate gate;
    /** For one call at a time: whatever is not asked through a reader. */
    private final ReadGate.Entrance entrance;

    private final Limits limits = Limits.DEFAULT;
    private final LongAdder contendedCount = new LongAdder();
    private boolean isClosed;

    private DirectoryView(final DataFolder folder, final List<StoreView> shards) {
        this.folder = folder;
        this.shards = List.copyOf(shards);
        stores = new ShardStores(shards);
        gate = new Gate(folder.path(), this.shards);
        entrance = gate.newEntrance();
    }

    /** Lets nobody in when an engine has begun to make the stores anew. */
    private static final class Gate extends ReadGate {
        private final Path directory;
        private final StoreView[] shards;

        private Gate(final Path directory, final List<StoreView> shards) {
            this.directory = directory;
            this.shards = shards.toArray(new StoreView[0]);
        }

        @Override
        protected boolean isOutdated() {
            for (final StoreView shard : shards) {
                if (shard.isGivenUp()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        protected IllegalStateException refusal() {
            return new IllegalStateException("dataDirectory=" + directory
                    + (isClosed() ? ": this view is closed, expected open; open another one to read" : OUTDATED));
        }
    }

    /**
     * Opens a data directory for reading.
     *
     * @param directory of an engine, open or not.
     * @return a view of it.
     * @throws IllegalStateException        if there is no data directory; if its store is just being rebuilt from the
     *                                      log, or has to be: it was not closed, and was left
     *                                      half rebuilt, or the machine was started anew since; if it was closed, and
     *                                      is not as it was closed; if a shard is that of another directory; if a
     *                                      recovery has found something lost, and is under way or was stopped; or if
     *                                      the JVM lacks flags. It says what to do.
     * @throws UncheckedIOException         if the disk refuses.
     */
    public static DirectoryView open(final Path directory) {
        JvmAccess.requireOpen();
        return Uninterrupted.putOff(() -> open(DataFolder.existing(directory)));
    }

    private static DirectoryView open(final DataFolder folder) {
        if (folder.isHeaderLost() || folder.shardIndexes().isEmpty()) {
            throw new IllegalStateException("dataDirectory=" + folder.path() + ": found "
                    + (folder.isHeaderLost() ? "no header that tells the number of shards" : "no shard")
                    + ", expected one; run recover");
        }
        LossNote.requireNone(folder.path());
        folder.requireKnown(new SystemFileAccess());
        folder.requireOneDirectory(new SystemFileAccess());
        final int count = folder.shardCount();
        final List<StoreView> shards = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                shards.add(openShard(folder, new ShardPlace(i, count)));
            }
            // Once more: what was given up while it was opened is not of one piece.
            for (int i = 0; i < count; i++) {
                final ShardLook look = ShardLook.at(folder, i);
                if (shards.get(i).isGivenUp()) {
                    throw look.notWhole();
                }
                look.requireWhole();
            }
            return new DirectoryView(folder, shards);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, shards);
            throw e;
        }
    }

    private static StoreView openShard(final DataFolder folder, final ShardPlace place) {
        final ShardLook look = ShardLook.at(folder, place.index());
        look.requireUndamaged(StoreCheck::used);
        requireOneDirectory(folder.shard(place.index()));
        look.requireWhole();
        try {
            return StoreView.open(look.store(), place);
        } catch (final IllegalStateException | UncheckedIOException e) {
            // What an engine has begun to rebuild meanwhile fits nothing.
            look.requireWhole();
            throw e;
        }
    }

    private static void requireOneDirectory(final ShardFolder shard) {
        final List<Damage> foreign = shard.marks().foreign(shard.directoryId(new SystemFileAccess()));
        if (!foreign.isEmpty()) {
            throw new IllegalStateException(foreign.get(0) + "; run recover, or restore the directory");
        }
    }

    /** {@return the directory, by a path without links} */
    public Path directory() {
        return folder.path();
    }

    /**
     * In what state the directory is now. That its owner lives is told from its process number and start time, so of
     * an engine in another container, whose processes are not seen from here, it says that it has died.
     *
     * @return OPEN while an engine writes it, NOT_CLOSED after that has died.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public DirectoryInspection.State state() {
        final DirectoryInspection.State state = folder.state();
        requireSameStores();
        return state;
    }

    /** Behind what was found by path: that is of other stores where others are in the place of those that are read. */
    private void requireSameStores() {
        if (shards.stream().anyMatch(StoreView::isReplaced)) {
            throw new IllegalStateException("dataDirectory=" + folder.path() + OUTDATED);
        }
    }

    /**
     * The engine clock: as counted up to this moment, or as it stood when the engine ended.
     *
     * @return nanoseconds since the epoch, empty if nothing tells.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public OptionalLong now() {
        final OptionalLong now = DirectoryClock.now(folder);
        requireSameStores();
        return now;
    }

    /** {@return how many series there are now} */
    public long seriesCount() {
        return inside(() -> shards.stream().mapToLong(StoreView::namedCount).sum());
    }

    /**
     * Finds a series by its key. Its definition has the windows that its store has taken in: those that are registered
     * by pattern come with its next point.
     *
     * @param key of the series.
     * @return the series, empty if there is none yet.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public Optional<Series> find(final String key) {
        final StoreView shard = shards.get(ShardPlace.indexOf(key, shards.size()));
        return inside(() -> {
            final long number = shard.find(key);
            return number < 0 ? Optional.empty() : Optional.of(series(shard, number));
        });
    }

    private <T> T inside(final Supplier<T> look) {
        synchronized (entrance) {
            return entrance.inside(look);
        }
    }

    /**
     * Finds a series by its number.
     *
     * @param number of the series.
     * @return the series, empty if there is none yet.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public Optional<Series> find(final long number) {
        final int index = stores.shardOf(number);
        if (index >= shards.size()) {
            return Optional.empty();
        }
        final StoreView shard = shards.get(index);
        return inside(() -> shard.isNamed(number) ? Optional.of(series(shard, number)) : Optional.empty());
    }

    /**
     * Gives all series that there are now, shard by shard in the order of their definitions.
     *
     * @param consumer of each.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public void forEachSeries(final Consumer<Series> consumer) {
        for (final StoreView shard : shards) {
            final long count = inside(shard::namedCount);
            for (long i = 0; i < count; i++) {
                final long number = shard.seriesNumber(i);
                consumer.accept(inside(() -> series(shard, number)));
            }
        }
    }

    private static Series series(final StoreView shard, final long number) {
        final long address = shard.recordAddress(number);
        if (address == 0) {
            throw new IllegalStateException(
                    "seriesNumber=" + number + " has no record, expected one; restore the data directory");
        }
        final SeriesRecord record = new SeriesRecord().wrap(address);
        return SeriesHandle.of(record, number, shard.keyOf(number), shard.windowsOf(record), record.keepsShapes());
    }

    /**
     * A reader of windows, levels, pairs and the past.
     *
     * @return a reader for one thread at a time.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public MetricReader newReader() {
        return stores.count() == 1
                ? new SeriesReader(stores.get(0), gate, limits.maxReadAttempts(), contendedCount)
                : new ShardedReader(stores, gate, limits.maxReadAttempts(), contendedCount);
    }

    /**
     * A reader of groups, hierarchies, stacks and the like.
     *
     * @return a reader for one thread at a time.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public PanelReader newPanelReader() {
        final LevelReader levels =
                new LevelReader(new LevelSource(stores), gate, limits.maxReadAttempts(), contendedCount);
        return new MemberReader(levels, List.of(), new SharedGroups(levels));
    }

    /** {@return how many reads of this view have said CONTENDED} */
    public long contendedCount() {
        return contendedCount.sum();
    }

    /** Lets readers in no more, waits until all are out, and gives the files back. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            gate.close();
            Closing.each(shards);
        }
    }
}
