package io.tollgate.core.open;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.apply.AppliedState;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.apply.OperationApplier;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.manifest.LogPositions;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.watch.EngineUpdates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The store, log, manifest and clock of an open engine, opened and closed together under the lock of the data
 * directory. Control threads, one at a time.
 */
public final class EngineResources implements AutoCloseable {
    private final FileAccess files;
    private final Optional<DirectoryLock> lock;
    private final AppliedState state;
    private final Optional<DirectoryOpening.Opened> opened;
    /** Closed in this order. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private boolean isBegun;

    private EngineResources(
            final FileAccess files,
            final Optional<DirectoryLock> lock,
            final AppliedState state,
            final Optional<DirectoryOpening.Opened> opened) {
        this.files = files;
        this.lock = lock;
        this.state = state;
        this.opened = opened;
        if (opened.isPresent()) {
            parts.addAll(List.of(opened.get().log(), state.store(), opened.get().manifest()));
        } else {
            parts.add(state.store());
        }
    }

    /** Opens the engine described by the options. The directory stays locked until it is closed. */
    public static EngineResources open(final EngineOptions context) {
        JvmAccess.requireOpen();
        if (context.directory().isEmpty()) {
            final SeriesStore store = SeriesStore.anonymous(context.limits().firstMapEntries(), context.errorHandler());
            return new EngineResources(
                    context.fileAccess(),
                    Optional.empty(),
                    AppliedState.of(store, context.clockMode(), context.clock()),
                    Optional.empty());
        }
        final Path given = context.directory().get();
        final FileAccess files = context.fileAccess();
        DirectoryOpening.make(files, given);
        new DataDirectory(given).requireFiles();
        final DirectoryLock lock = DirectoryLock.acquire(given, files.audience());
        try {
            // Uses the real path, because a link may change its target later.
            final DirectoryOpening.Opened opened = DirectoryOpening.open(context, new DataDirectory(lock.directory()));
            return new EngineResources(files, Optional.of(lock), opened.state(), Optional.of(opened));
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, lock);
            throw e;
        }
    }

    /** Returns the open directory, empty for an engine in memory. */
    public Optional<DirectoryOpening.Opened> opened() {
        return opened;
    }

    /** Returns the real path of the locked directory, empty for an engine in memory. */
    public Optional<Path> directory() {
        return opened.map(parts -> parts.directory().path());
    }

    public AppliedState state() {
        return state;
    }

    public SeriesStore store() {
        return state.store();
    }

    public EngineClock clock() {
        return state.clock();
    }

    public EngineUpdates updates() {
        return state.updates();
    }

    public OperationApplier applier() {
        return state.applier();
    }

    public Optional<OperationLog> log() {
        return opened.map(DirectoryOpening.Opened::log);
    }

    public Optional<LogPositions> positions() {
        return opened.map(parts -> parts.manifest().positions());
    }

    /** Returns the report of the opening, empty for an engine in memory. */
    public Optional<OpeningReport> opening() {
        return opened.map(DirectoryOpening.Opened::report);
    }

    /** Creates the durability of the log, empty for an engine in memory. */
    public Optional<LogDurability> durability(final LongSupplier appliedTicket, final LongSupplier appliedSequence) {
        return opened.map(parts -> new LogDurability(parts.log(), parts.manifest(), appliedTicket, appliedSequence));
    }

    /**
     * Returns the initial clock of a mode. In mode EVENT the clock is not before any existing point, even if another
     * mode set it. Call it while no operation is applied.
     */
    public long beginOf(final ClockMode mode) {
        return mode == ClockMode.EVENT && applier().modeCode() != mode.code()
                ? Math.max(clock().now(), lastTime())
                : clock().now();
    }

    /** Returns the largest valid time of all series, {@code Long.MIN_VALUE} without a point. */
    private long lastTime() {
        final SeriesRecord record = new SeriesRecord();
        long lastTime = Long.MIN_VALUE;
        for (long number = 0; number < store().seriesCount(); number++) {
            record.wrap(store().recordAddress(number));
            lastTime = Math.max(lastTime, record.lastTime());
        }
        return lastTime;
    }

    /** Allocates zeroed memory outside the heap. It is freed together with the store. */
    public UnsafeBuffer newBuffer(final int length) {
        final MappedArea area = MappedArea.anonymous(length);
        parts.add(area);
        return area.buffer();
    }

    /**
     * Sets the manifest to open before the first change of the store. A failure before that leaves a closed directory
     * closed.
     */
    public void begin(final ClockMode mode) {
        applier().trackLateness();
        if (opened.isPresent()) {
            final ManifestFile manifest = opened.get().manifest();
            manifest.begin(opened.get().log().nextSequence() - 1);
            isBegun = true;
            manifest.writeTwice(manifest.current().opened(BootId.current(), mode.code()));
            StoreDirectory.unseal(files, opened.get().directory().store());
        }
    }

    /**
     * Closes everything without a seal. The next opening rebuilds the store, unless the directory was closed before and
     * {@link #begin} was not called.
     */
    public void abandon() {
        CloseHelper.closeAll(() -> CloseHelper.closeAll(parts), lock.orElse(null));
    }

    /**
     * Writes everything, seals the store and closes. If that fails, the next opening rebuilds the store. An interrupt
     * of the caller is deferred, because it would close the files being written.
     */
    @Override
    public void close() {
        final boolean isInterrupted = Thread.interrupted();
        try {
            CloseHelper.closeAll(this::closeCleanly, this::abandon);
        } finally {
            Uninterruptibles.restore(isInterrupted);
        }
    }

    private void closeCleanly() {
        if (opened.isEmpty() || !isBegun) {
            return;
        }
        // Only once: after a failed attempt the store must not be sealed.
        isBegun = false;
        final ManifestFile manifest = opened.get().manifest();
        try {
            final OperationLog log = opened.get().log();
            final long sequence = log.force();
            manifest.positions().durable(sequence);
            log.close();
            final int crc = state.closeCleanly(
                    files, opened.get().directory().store(), manifest.current().identity(), sequence);
            manifest.write(manifest.current().closed(state.applier().modeCode(), new Manifest.Seal(sequence, crc)));
        } catch (final RuntimeException | Error e) {
            // Some pages of the store may not be on disk, so other processes must not read it.
            CloseHelper.close(
                    e::addSuppressed, () -> manifest.write(manifest.current().rebuilding()));
            throw e;
        }
    }
}
