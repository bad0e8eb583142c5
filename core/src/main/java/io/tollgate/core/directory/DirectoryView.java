package io.tollgate.core.directory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.config.Limits;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesHandle;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.report.Damage;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.report.SeriesSummary;
import io.tollgate.core.store.StoreView;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.memory.StoreDamage;
import io.tollgate.core.store.seal.StoreCheck;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.seal.StoreSeal;
import io.tollgate.core.store.tree.HistoryHorizon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.NullMarked;

/**
 * A data directory opened for reading only, as another process does it: while an engine writes it, after the engine was
 * killed, or after it was closed. The answers are those of the engine, by the same code; series and windows that the
 * engine adds are seen. Files are mapped for reading; no lock is taken and nothing is written.
 *
 * <p>If a process was killed while it changed a series, reads of this series say CONTENDED; all others answer. After
 * the directory was rebuilt or restored, a view that was opened before refuses to read; open another one.
 *
 * <p>A view has no updates, and reads groups member by member. If another program cuts or overwrites files while they
 * are mapped, this process may end. On systems without a boot id (Linux has one) only closed directories can be read.
 *
 * <p>Any thread; one reader a thread.
 */
@NullMarked
public final class DirectoryView implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 1_000;
    /** If the directory changes its state while a view is opened. */
    private static final int MAX_OPENINGS = 3;

    private static final String OUTDATED =
            ": was rebuilt or restored since this view was opened; open another one to read";
    private static final String ADVICE = "; open it with an engine, or run recover";

    private final DataDirectory directory;
    private final StoreView store;
    private final ReadGate gate;
    /** For one call at a time that is not made through a reader. */
    private final ReadGate.Entrance entrance;

    private boolean isClosed;

    private DirectoryView(final DataDirectory directory, final StoreView store) {
        this.directory = directory;
        this.store = store;
        gate = new Gate(directory.path(), store);
        entrance = gate.newEntrance();
    }

    /** Refuses readers after an engine has begun to rebuild the store. */
    private static final class Gate extends ReadGate {
        private final Path directory;
        private final StoreView store;

        private Gate(final Path directory, final StoreView store) {
            super(Limits.DEFAULT.maxReadAttempts());
            this.directory = directory;
            this.store = store;
        }

        @Override
        protected boolean isOutdated() {
            return store.isAbandoned();
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
     * @throws IllegalStateException if there is no data directory; if its store has to be rebuilt from the log, because
     *     it was not closed and the machine was restarted, or a rebuild was interrupted; if it is a copy of a directory
     *     that was open; if a closed store is damaged; or if the JVM lacks flags. The message says what to do.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static DirectoryView open(final Path directory) {
        JvmAccess.requireOpen();
        return Uninterruptibles.putOff(() -> open(DataDirectory.existing(directory)));
    }

    private static DirectoryView open(final DataDirectory directory) {
        for (int attempt = 1; ; attempt++) {
            final Manifest manifest = requireIntact(directory);
            StoreView store = null;
            try {
                store = StoreView.open(directory.store());
                if (!store.isAbandoned() && requireIntact(directory).state() == manifest.state()) {
                    return new DirectoryView(directory, store);
                }
                CloseHelper.close(store);
            } catch (final RuntimeException | Error e) {
                CloseHelper.close(e::addSuppressed, store);
                final boolean isSame = requireIntact(directory).state() == manifest.state();
                if (isSame || attempt == MAX_OPENINGS) {
                    throw e;
                }
                continue;
            }
            if (attempt == MAX_OPENINGS) {
                throw new IllegalStateException("dataDirectory=" + directory.path()
                        + ": opened and closed by an engine while it was looked at; try again");
            }
        }
    }

    /** Refuses a store that only a rebuild makes whole. */
    private static Manifest requireIntact(final DataDirectory directory) {
        final ManifestFile.Found found = ManifestFile.read(directory.path())
                .orElseThrow(() -> new DirectoryDamagedException(
                        "file=" + directory.manifest() + ": found none, expected a manifest" + ADVICE,
                        directory.manifest()));
        final Manifest manifest = found.manifest();
        if (manifest.state() == Manifest.State.OPEN) {
            requireThisBoot(directory, found);
        } else if (manifest.seal().isPresent()) {
            requireSealed(directory, manifest.seal().get());
        } else {
            throw new IllegalStateException("dataDirectory=" + directory.path() + " state=" + manifest.state()
                    + (manifest.state() == Manifest.State.INCOMPLETE
                            ? ": a backup or recovery has not ended; wait, or delete it and run that again"
                            : directory.state() == DirectoryState.OPEN
                                    ? ": an engine is opening it; try again"
                                    : ": the store has to be rebuilt from the log" + ADVICE));
        }
        return manifest;
    }

    private static void requireThisBoot(final DataDirectory directory, final ManifestFile.Found found) {
        final String boot = BootId.current();
        if (found.isCopy()) {
            throw new IllegalStateException("dataDirectory=" + directory.path()
                    + ": is a copy of a directory that was open, of which the files may be of several moments" + ADVICE
                    + "; copy an open directory with backup");
        }
        if (boot.equals(BootId.UNKNOWN) || !boot.equals(found.manifest().bootId())) {
            throw new IllegalStateException("dataDirectory=" + directory.path() + " bootId="
                    + found.manifest().bootId() + ", expected " + boot
                    + ": was not closed before the machine was restarted" + ADVICE);
        }
    }

    private static void requireSealed(final DataDirectory directory, final Manifest.Seal seal) {
        final boolean isOpened = StoreSeal.crc(directory.store()) != seal.crc();
        final List<StoreDamage> damages = isOpened ? List.of() : StoreCheck.used(directory.store());
        // An engine may have opened the directory since the manifest was read.
        final boolean isClosed = ManifestFile.read(directory.path())
                .filter(found -> found.manifest().seal().equals(Optional.of(seal)))
                .isPresent();
        if (isClosed && isOpened) {
            throw new DirectoryDamagedException(
                    "file=" + StoreSeal.file(directory.store()) + ": found another seal than the one in the manifest"
                            + ADVICE,
                    StoreSeal.file(directory.store()));
        }
        if (isClosed && !damages.isEmpty()) {
            throw new DirectoryDamagedException(
                    Damage.of(damages.get(0)) + " damages=" + damages.size()
                            + "; run recover, or restore the directory",
                    directory.path());
        }
    }

    /** {@return the directory, by a path without links} */
    public Path directory() {
        return directory.path();
    }

    /**
     * The state of the directory now. Its owner is told by process number and start time: an engine in another
     * container, whose processes are not seen from here, counts as ended.
     *
     * @return OPEN while an engine writes it, NOT_CLOSED after that was killed, CLOSED after a clean close.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public DirectoryState state() {
        final DirectoryState state = directory.state();
        requireSameStore();
        return state;
    }

    /** Checked after what was found by path: that belongs to another store if it took the place of this one. */
    private void requireSameStore() {
        if (store.isReplaced()) {
            throw new IllegalStateException("dataDirectory=" + directory.path() + OUTDATED);
        }
    }

    /**
     * The engine clock: as counted up to this moment, or as it stood when the engine ended.
     *
     * @return nanoseconds since the epoch, empty if it is not known.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public OptionalLong now() {
        final OptionalLong now = now(directory);
        requireSameStore();
        return now;
    }

    /** The engine clock by the counters of the engine, or by the closed store. */
    static OptionalLong now(final DataDirectory directory) {
        return Uninterruptibles.call(() -> {
            final Path file = directory.path().resolve(DataDirectory.COUNTERS_FILE);
            try {
                final OptionalLong counted = CountersFile.now(file);
                return counted.isPresent() ? counted : StoreDirectory.closedNow(directory.store());
            } catch (final NoSuchFileException e) {
                return StoreDirectory.closedNow(directory.store());
            } catch (final IOException e) {
                throw new UncheckedIOException("file=" + file + ": cannot be read", e);
            }
        });
    }

    /** {@return how many series there are now} */
    public long seriesCount() {
        return inside(store::namedCount);
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
        return inside(() -> {
            final long number = store.find(key);
            return number < 0 ? Optional.empty() : Optional.of(series(number));
        });
    }

    private <T> T inside(final Supplier<T> action) {
        synchronized (entrance) {
            return entrance.inside(action);
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
        return inside(() -> store.isNamed(number) ? Optional.of(series(number)) : Optional.empty());
    }

    /**
     * Gives all series that there are now, in the order of their definitions.
     *
     * @param consumer of each.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public void forEachSeries(final Consumer<Series> consumer) {
        final long count = inside(store::namedCount);
        for (long i = 0; i < count; i++) {
            final long number = i;
            consumer.accept(inside(() -> series(number)));
        }
    }

    private SeriesRecord record(final long number) {
        return new SeriesRecord().wrap(store.requireRecord(number));
    }

    private Series series(final long number) {
        final SeriesRecord record = record(number);
        return SeriesHandle.of(
                store.origin(), record, number, store.keyOf(number), store.windowsOf(record), record.keepsShapes());
    }

    /**
     * Summarises all series that there are now. A summary is one state of its series; the whole is not one instant.
     *
     * @param consumer of each.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public void forEachSummary(final Consumer<SeriesSummary> consumer) {
        final MetricReader reader = newReader();
        final LifeReading life = reader.life();
        final PendingReading pending = reader.pending(1);
        forEachSeries(series -> {
            final OptionalLong now = now();
            life.read(series);
            if (now.isPresent()) {
                pending.read(series, now.getAsLong());
            }
            final boolean isKnown =
                    now.isPresent() && pending.status() != Status.CONTENDED && pending.status() != Status.FORGOTTEN;
            final OptionalLong pendingCount = isKnown ? OptionalLong.of(pending.count()) : OptionalLong.empty();
            consumer.accept(inside(() -> summary(series, life, pendingCount)));
        });
    }

    private SeriesSummary summary(final Series series, final LifeReading life, final OptionalLong pendingCount) {
        final SeriesRecord record = record(series.number());
        final HistoryHorizon horizon = new HistoryHorizon(store.blocks());
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            final long version = record.version();
            if ((version & 1) == 0) {
                final SeriesSummary summary = new SeriesSummary(
                        series,
                        record.pointCount(),
                        pendingCount,
                        record.historyCount(),
                        horizon.of(record),
                        life.endNs(),
                        life.endKnownAtNs(),
                        life.successor(),
                        true);
                if (record.isUnchangedSince(version)) {
                    return summary;
                }
            }
            Thread.onSpinWait();
        }
        return SeriesSummary.torn(series);
    }

    /**
     * A reader of windows, levels, pairs and the past.
     *
     * @return a reader that belongs to the first thread that fills one of its readings.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public MetricReader newReader() {
        return new SeriesReader(store, gate);
    }

    /**
     * A reader of groups, hierarchies, stacks and the like.
     *
     * @return a reader for one thread at a time.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public PanelReader newPanelReader() {
        final LevelReader levels = new LevelReader(new LevelSource(store), gate);
        return new MemberReader(levels, Optional.empty());
    }

    /** {@return how many reads of this view have said CONTENDED} */
    public long contendedCount() {
        return gate.contendedCount();
    }

    /** Refuses new reads, waits for those that run, and gives the files back. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            gate.close();
            CloseHelper.close(store);
        }
    }
}
