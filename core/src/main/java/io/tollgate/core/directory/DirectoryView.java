package io.tollgate.core.directory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.EngineImages;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.core.config.Limits;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.image.EngineImageReader;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.NullMarked;

/**
 * A data directory opened for reading by another process, while an engine writes it, after the engine was killed, or
 * after a close. The answers come from the same code as those of the engine. Series and windows added by the engine
 * become visible. Files are mapped for reading; no lock is taken, and no file is written.
 *
 * <p>If a process was killed while it changed a series, reads of this series return CONTENDED; other series can be
 * read. After the directory is rebuilt or restored, an open view refuses to read; open another one.
 *
 * <p>A view has no updates, and reads groups member by member. If another program truncates or overwrites mapped files,
 * this process may crash. On systems without a boot id (Linux has one) only closed directories can be read.
 *
 * <p>Thread safe; a reader belongs to one thread.
 */
@NullMarked
public final class DirectoryView implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 1_000;
    /** The number of attempts to open a directory that changes its state meanwhile. */
    private static final int MAX_OPENINGS = 3;

    private static final String OUTDATED =
            ": was rebuilt or restored since this view was opened; open another one to read";
    private static final String ADVICE = "; open it with an engine, or run recover";

    private final DataDirectory directory;
    private final StoreView store;
    private final ReadGate gate;
    /** Serializes the calls that do not use a reader. */
    private final ReadGate.Entrance entrance;

    private boolean isClosed;

    private DirectoryView(final DataDirectory directory, final StoreView store) {
        this.directory = directory;
        this.store = store;
        gate = new Gate(directory.path(), store);
        entrance = gate.newEntrance();
    }

    /** Refuses reads after an engine has begun to rebuild the store. */
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
                    + (isClosed() ? ": this view is closed; open another one to read" : OUTDATED));
        }
    }

    /**
     * Opens a data directory for reading.
     *
     * @param directory of an engine, open or closed.
     * @return a view of it.
     * @throws IllegalStateException if there is no data directory; if its store must be rebuilt from the log, because
     *     of a restart of the machine without a close or an interrupted rebuild; if it is a copy of an open directory;
     *     if a closed store is damaged; or if the JVM lacks flags. The message names the remedy.
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

    /** Refuses a store that must be rebuilt first. */
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
                    + ": is a copy of an open directory, and its files may be of different times" + ADVICE
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

    /** {@return the directory, as a path without links} */
    public Path directory() {
        return directory.path();
    }

    /**
     * Returns the current state of the directory. The owner is identified by process number and start time. An engine
     * in another container, whose processes are not visible, counts as ended.
     *
     * @return OPEN while an engine writes it, NOT_CLOSED after the engine was killed, CLOSED after a clean close.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public DirectoryState state() {
        final DirectoryState state = directory.state();
        requireSameStore();
        return state;
    }

    /** Checked after each access by path, because the path may lead to a new store in the place of this one. */
    private void requireSameStore() {
        if (store.isReplaced()) {
            throw new IllegalStateException("dataDirectory=" + directory.path() + OUTDATED);
        }
    }

    /**
     * Returns the engine clock: the current one from the counters, or the one at the end of the engine.
     *
     * @return nanoseconds since the epoch, empty if unknown.
     * @throws IllegalStateException if the directory was rebuilt or restored since it was opened.
     */
    public OptionalLong now() {
        final OptionalLong now = now(directory);
        requireSameStore();
        return now;
    }

    /** Returns the engine clock from the counters of the engine, or from the closed store. */
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

    /** {@return the current number of series} */
    public long seriesCount() {
        return inside(store::namedCount);
    }

    /**
     * Finds a series by key. Its definition has the windows present in the store. Windows registered by pattern are
     * added with the next point of the series.
     *
     * @param key of the series.
     * @return the series, empty if it does not exist yet.
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
     * Finds a series by number.
     *
     * @param number of the series.
     * @return the series, empty if it does not exist yet.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public Optional<Series> find(final long number) {
        return inside(() -> store.isNamed(number) ? Optional.of(series(number)) : Optional.empty());
    }

    /**
     * Passes all current series to a consumer, in the order of their definitions.
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
     * Summarises all current series. Each summary is consistent in itself, but not with the other summaries.
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
     * Creates a reader of windows, levels, pairs and the past.
     *
     * @return a reader that belongs to the first thread that fills one of its readings.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public MetricReader newReader() {
        return new SeriesReader(store, gate);
    }

    /**
     * Creates a reader of groups, hierarchies, stacks and similar panels.
     *
     * @return a reader for one thread at a time.
     * @throws IllegalStateException if the view is closed, or the directory was rebuilt since it was opened.
     */
    public PanelReader newPanelReader() {
        final LevelReader levels = new LevelReader(new LevelSource(store), gate);
        return new MemberReader(levels, Optional.empty());
    }

    /**
     * Writes the image of the directory or of some of its series, as {@link EngineImages#writeAll} does for an engine.
     * The image of each series is consistent in itself. To have all series as of one time, write the image of a backup.
     * Groups, subscriptions and watches are not part of it, because a view has none. The memory needed is twice the
     * largest series.
     *
     * @param pattern  pattern of the keys, see {@link SeriesPattern}.
     * @param out      the stream; it stays open.
     * @param progress called with the number of series written so far, after each.
     * @return the number of series.
     * @throws IOException              if the stream cannot be written.
     * @throws IllegalArgumentException if the pattern is invalid.
     * @throws IllegalStateException    if a series changes all the time, or was left half changed by a killed process;
     *     if the clock of the engine is unknown; if the image of a series would be longer than 1 GiB; if the view is
     *     closed; or if the directory was rebuilt since it was opened.
     */
    public long writeImage(final String pattern, final OutputStream out, final LongConsumer progress)
            throws IOException {
        SeriesPattern.validate(pattern);
        final long nowNs = now().orElseThrow(() -> new IllegalStateException("dataDirectory=" + directory.path()
                + ": the clock of its engine" + " is unknown; open it with an engine, and write the image of that"));
        final ClockMode mode = ClockMode.of(requireIntact(directory).clockModeCode());
        return new DirectoryImages(store, gate.newEntrance()).writeAll(mode, nowNs, pattern, out, progress);
    }

    /**
     * Reads the clock mode of the image of a directory or an engine: an engine that loads the image must have it.
     *
     * @param image the stream, at the start of the image.
     * @return the clock mode.
     * @throws IllegalArgumentException if the image is damaged.
     * @throws io.tollgate.api.UnsupportedVersionException if another version wrote the image.
     * @throws UncheckedIOException if the stream cannot be read.
     */
    public static ClockMode clockModeOfImage(final InputStream image) {
        return EngineImageReader.read(image).clockMode();
    }

    /** {@return the number of reads of this view that returned CONTENDED} */
    public long contendedCount() {
        return gate.contendedCount();
    }

    /** Refuses new reads, waits for running reads, and unmaps the files. Closing again has no effect. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            gate.close();
            CloseHelper.close(store);
        }
    }
}
