package io.tollgate.core.open;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.apply.AppliedState;
import io.tollgate.core.apply.OperationApplier;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.OpeningProgress;
import io.tollgate.core.directory.DirectoryRecovery;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.event.OpeningEvent;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.Damage;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.memory.StoreDamage;
import io.tollgate.core.store.seal.StoreCheck;
import io.tollgate.core.store.seal.StoreCopy;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.CloseHelper;

/**
 * Opens a locked data directory. The store of a closed directory is used after a comparison with its seal. Otherwise
 * the store is rebuilt from the newest checkpoint and the log, which is read once. Damage is refused; {@link
 * DirectoryRecovery} makes a new directory from the intact parts.
 */
public final class DirectoryOpening {
    private static final String ADVICE = "; run recover, or restore the directory from a backup";

    private final EngineOptions context;
    private final FileAccess files;
    private final DataDirectory directory;
    private final ManifestFile manifest;
    private final LogFiles log;

    private DirectoryOpening(final EngineOptions context, final DataDirectory directory, final ManifestFile manifest) {
        this.context = context;
        this.directory = directory;
        this.manifest = manifest;
        files = context.fileAccess();
        log = new LogFiles(files, directory.log(), manifest.current().identity());
    }

    /** An open directory. */
    public record Opened(
            DataDirectory directory,
            ManifestFile manifest,
            AppliedState state,
            OperationLog log,
            OpeningReport report) {
        /** {@return the current manifest} */
        public Manifest current() {
            return manifest.current();
        }
    }

    /** Creates the directory if it is missing. */
    static void make(final FileAccess files, final Path given) {
        try {
            FileTree.makeRestricted(files, given);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + given + ": cannot be made; check the disk, and that no file has this name", e);
        }
    }

    /**
     * Opens a directory.
     *
     * @throws IllegalStateException if it is damaged, incomplete or of another version.
     * @throws UncheckedIOException  if the disk refuses.
     */
    static Opened open(final EngineOptions context, final DataDirectory directory) {
        final long startNs = System.nanoTime();
        final OpeningEvent event = EngineEvents.beginOpening();
        final ManifestFile manifest = manifestOf(context.fileAccess(), directory);
        try {
            final Opened opened = new DirectoryOpening(context, directory, manifest).open(startNs);
            if (event != null) {
                final OpeningReport report = opened.report();
                event.end(
                        directory.path().toString(), report.origin().name(), report.readCount(), report.lastSequence());
            }
            return opened;
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, manifest);
            throw e;
        }
    }

    private static ManifestFile manifestOf(final FileAccess files, final DataDirectory directory) {
        if (FileProbe.isThere(directory.manifest())) {
            return ManifestFile.open(files, directory.path());
        }
        if (directory.hasContents()) {
            throw new DirectoryDamagedException(
                    "file=" + directory.manifest()
                            + ": is missing beside a log, a store or a checkpoint, expected a manifest" + ADVICE,
                    directory.manifest());
        }
        return ManifestFile.create(files, directory.path(), Manifest.begin(drawIdentity(), Manifest.State.REBUILDING));
    }

    public static long drawIdentity() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    private Opened open(final long startNs) {
        final Manifest found = manifest.current();
        found.requireComplete(directory.path());
        directory.makeDirectories(files);
        requireCheckpoint(found);
        return found.seal().isPresent() ? openClosed(found.seal().get(), startNs) : rebuild(found, startNs);
    }

    /** If the log lacks operations, a checkpoint must include them, because another crash would lose the store. */
    private void requireCheckpoint(final Manifest found) {
        final Path checkpoint = directory.checkpoint(found.checkpointSequence());
        final boolean isThere = found.checkpointSequence() > 0 && FileProbe.isThere(StoreSeal.file(checkpoint));
        if (found.checkpointSequence() > 0 && !isThere || found.log().neededSequence() > found.checkpointSequence()) {
            throw new DirectoryDamagedException(
                    "checkpoint=" + checkpoint + ": found no sealed store, expected one that"
                            + " includes sequence=" + Math.max(found.log().neededSequence(), found.checkpointSequence())
                            + " as in the manifest" + ADVICE,
                    checkpoint);
        }
    }

    private Opened openClosed(final Manifest.Seal seal, final long startNs) {
        final ReplayResult end = LogReader.replay(log, seal.sequence() + 1, (buffer, offset, length, sequence) -> {});
        requireUndamaged(end);
        requirePromised(end, seal.sequence());
        if (seal.sequence() > 0 && end.segmentIndex() < 0) {
            throw new DirectoryDamagedException(
                    "log=" + log.directory() + ": found no segment, expected one with sequence="
                            + seal.sequence()
                            + " as in the manifest; mount the disk of the log if it has one of its own"
                            + ADVICE,
                    log.directory());
        }
        if (end.records() > 0) {
            throw new DirectoryDamagedException(
                    "log=" + log.directory() + " lastSequence=" + end.lastSequence() + ", expected " + seal.sequence()
                            + " as in the manifest of the closed store" + ADVICE,
                    log.directory());
        }
        requireSealed(seal);
        final SeriesStore store = openStore();
        try {
            final AppliedState state = AppliedState.of(store, context.clockMode(), context.clock());
            state.resume(directory.store());
            return opened(state, end, OpeningReport.Origin.CLOSED, startNs);
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, store);
            throw e;
        }
    }

    private void requireSealed(final Manifest.Seal seal) {
        final int crc = StoreSeal.crc(directory.store());
        if (crc != seal.crc()) {
            throw new DirectoryDamagedException(
                    "file=" + StoreSeal.file(directory.store()) + ": found crc32c=" + crc + ", expected " + seal.crc()
                            + " as in the manifest" + ADVICE,
                    StoreSeal.file(directory.store()));
        }
        final List<StoreDamage> damages = check(directory.store());
        if (!damages.isEmpty()) {
            throw new DirectoryDamagedException(
                    Damage.of(damages.get(0)) + " damages=" + damages.size() + ADVICE, directory.store());
        }
    }

    private List<StoreDamage> check(final Path store) {
        return context.threadingMode().isStepped()
                ? StoreCheck.used(store)
                : StoreCheck.used(store, context.threadFactory());
    }

    private SeriesStore openStore() {
        return SeriesStore.persisted(
                files,
                directory.store(),
                directory.firstMapEntries(context.limits().firstMapEntries()),
                context.errorHandler());
    }

    private Opened rebuild(final Manifest found, final long startNs) {
        final long promised = requiredSequence();
        final long start = found.checkpointSequence();
        final StoreBuilder.SealedStore base = new StoreBuilder.SealedStore(directory.checkpoint(start), start);
        if (start > 0) {
            StoreBuilder.requireIntact(base, found.identity());
        }
        final int entries = directory.firstMapEntries(context.limits().firstMapEntries());
        if (found.state() != Manifest.State.REBUILDING) {
            manifest.write(found.rebuilding());
        }
        StoreDirectory.discard(files, directory.store());
        if (start > 0) {
            StoreCopy.restore(files, base.directory(), directory.store());
        }
        final SeriesStore store = SeriesStore.persisted(files, directory.store(), entries, context.errorHandler());
        try {
            final AppliedState state = AppliedState.of(store, context.clockMode(), context.clock());
            if (start > 0) {
                state.resume(directory.store());
            }
            final ReplayResult end = replay(state.applier(), start, promised);
            final OpeningReport.Origin origin = start > 0 ? OpeningReport.Origin.CHECKPOINT : OpeningReport.Origin.LOG;
            return opened(state, end, origin, startNs);
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, store);
            throw e;
        }
    }

    private long requiredSequence() {
        return ManifestFile.read(directory.path()).orElseThrow().requiredSequence(BootId.current());
    }

    /**
     * Applies the log after an operation. Then it removes a torn tail and an incomplete batch, which were never
     * acknowledged.
     */
    private ReplayResult replay(final OperationApplier applier, final long start, final long promised) {
        final BatchReplay replay = new BatchReplay(log.directory(), applier);
        final IncompleteBatch half = new IncompleteBatch();
        final OpeningProgress progress = context.openingProgress();
        final ReplayResult end = LogReader.replay(log, start + 1, (buffer, offset, length, sequence) -> {
            half.onOperation(buffer, offset, length, sequence);
            replay.onOperation(buffer, offset, length, sequence);
            if (sequence % StoreBuilder.OPERATIONS_OF_PROGRESS == 0) {
                progress.onProgress(sequence, Math.max(sequence, promised));
            }
        });
        replay.end();
        requirePromised(end, promised);
        if (end.records() > 0) {
            progress.onProgress(end.lastSequence(), end.lastSequence());
        }
        if (end.end() == LogEnd.GAP || !TornTail.isAllDamage(end)) {
            throw damaged(end.damages());
        }
        // Later operations depend only on the present state.
        applier.tolerateLoss(false);
        for (final LogDamage damage : end.damages()) {
            context.errorHandler()
                    .onError(new IllegalStateException("log=" + log.directory() + " lastSequence="
                            + end.lastSequence() + " damage=" + damage
                            + ": the torn tail was removed; it was never acknowledged"));
        }
        final ReplayResult whole = TornTail.cut(log, end);
        final long last = half.lastBefore(end.lastSequence(), promised);
        final ReplayResult kept = last == end.lastSequence() ? whole : TornTail.cutAfter(log, last);
        TornTail.force(log);
        return new ReplayResult(
                LogEnd.CLEAN,
                end.fromSequence(),
                last,
                end.frames(),
                end.records(),
                kept.segmentIndex(),
                kept.position(),
                List.of());
    }

    private Opened opened(
            final AppliedState state, final ReplayResult end, final OpeningReport.Origin origin, final long startNs) {
        state.clock().publish();
        final OperationLog opened = OperationLog.open(log, context.logSegmentLength(), end);
        try {
            deleteOldSegments();
            final long checkpointed = origin == OpeningReport.Origin.CHECKPOINT
                    ? manifest.current().checkpointSequence()
                    : 0;
            return new Opened(
                    directory,
                    manifest,
                    state,
                    opened,
                    new OpeningReport(
                            origin,
                            checkpointed,
                            end.nextSequence() - 1,
                            origin == OpeningReport.Origin.CLOSED ? 0 : end.records(),
                            System.nanoTime() - startNs));
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, opened);
            throw e;
        }
    }

    /**
     * Deletes segments left by a killed process. They are unreferenced; if deletion fails, the next checkpoint retries.
     */
    private void deleteOldSegments() {
        final long first = manifest.current().firstSequence();
        if (first > 1) {
            try {
                log.deleteBefore(first);
            } catch (final UncheckedIOException e) {
                context.errorHandler().onError(e);
            }
        }
    }

    private void requirePromised(final ReplayResult end, final long promised) {
        if (end.end() == LogEnd.GAP) {
            throw damaged(end.damages());
        }
        if (end.lastSequence() < promised) {
            throw new DirectoryDamagedException(
                    "log=" + log.directory() + " lastSequence=" + end.lastSequence() + ", expected " + promised
                            + " as in the manifest" + ADVICE,
                    log.directory());
        }
    }

    private void requireUndamaged(final ReplayResult end) {
        if (end.end() != LogEnd.CLEAN || !end.damages().isEmpty()) {
            throw damaged(end.damages());
        }
    }

    private IllegalStateException damaged(final List<LogDamage> damages) {
        return new DirectoryDamagedException(
                "log=" + log.directory() + " damages=" + damages + ", expected none" + ADVICE, log.directory());
    }
}
