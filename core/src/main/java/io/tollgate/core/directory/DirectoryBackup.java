package io.tollgate.core.directory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.admin.Backup;
import io.tollgate.core.config.EngineConfiguration;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.LogRewrite;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.open.IncompleteBatch;
import io.tollgate.core.open.StoreBuilder;
import io.tollgate.core.store.seal.StoreCopy;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullMarked;

/**
 * Copies a data directory while an engine of this or another process has it open, after the engine was killed, or after
 * a close. The source is only read, not locked.
 *
 * <p>The backup copies the newest checkpoint, copies the log record by record up to one position, and builds the store
 * from both. A complete backup can therefore be opened. Its manifest is marked as incomplete until everything is on
 * disk. Delete an interrupted backup and run it again.
 */
@NullMarked
public final class DirectoryBackup {
    /** The number of attempts if an engine of another process changes the source meanwhile. */
    private static final int MAX_ATTEMPTS = 5;

    private final EngineOptions options;
    private final FileAccess files;
    private final DataDirectory source;
    private final DataDirectory copy;
    private final Optional<LongSupplier> applied;

    private DirectoryBackup(
            final EngineOptions options,
            final DataDirectory source,
            final DataDirectory copy,
            final Optional<LongSupplier> applied) {
        this.options = options;
        this.source = source;
        this.copy = copy;
        this.applied = applied;
        files = options.fileAccess();
    }

    /**
     * Copies the data directory of a context. To restore a backup, copy it to its final place.
     *
     * @param context an {@code EngineContext} whose directory is copied; its options for files, log and store are used.
     * @param target  the target directory: missing or empty.
     * @return the report of the copy.
     * @throws IllegalArgumentException if the context has no directory, or the target is not empty or lies in the
     *     source.
     * @throws IllegalStateException    if the source is damaged or of another version, or if another process changed it
     *     during each of five attempts.
     * @throws UncheckedIOException     if a disk refuses. The target is left empty or missing.
     */
    public static Backup make(final EngineConfiguration context, final Path target) {
        final EngineOptions options = EngineOptions.of(context);
        final Path directory = options.directory()
                .orElseThrow(() -> new IllegalArgumentException("directory=none; set the directory to copy"));
        return make(options, DataDirectory.existing(directory), target, Optional.empty());
    }

    /**
     * Copies a data directory.
     *
     * @param options of the access to the files.
     * @param source  the directory to copy.
     * @param target  the directory to create.
     * @param applied the last applied operation of the engine that has the source open; empty to read it from the
     *     files.
     * @return the report of the copy.
     */
    public static Backup make(
            final EngineOptions options,
            final DataDirectory source,
            final Path target,
            final Optional<LongSupplier> applied) {
        final long startNs = System.nanoTime();
        return Uninterruptibles.putOff(() -> CopyTarget.fill(options.fileAccess(), source.path(), target, copy -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    final DirectoryBackup backup = new DirectoryBackup(options, source, copy, applied);
                    final StoreBuilder.Built built = backup.copy();
                    return new Backup(
                            target, built.seal().sequence(), built.seriesCount(), System.nanoTime() - startNs);
                } catch (final IllegalStateException | UncheckedIOException e) {
                    if (!isMoved(source, e)) {
                        throw e;
                    }
                    if (attempt == MAX_ATTEMPTS) {
                        throw new IllegalStateException(
                                "dataDirectory=" + source.path() + " attempts=" + attempt
                                        + ": cannot be copied, as older segments were deleted or an engine started"
                                        + " meanwhile; try again, or make the backup in the engine",
                                e);
                    }
                    CopyTarget.clear(options.fileAccess(), copy);
                }
            }
        }));
    }

    /**
     * Returns true if the source changed while it was read: a checkpoint or segment was deleted, or an engine was
     * started.
     */
    private static boolean isMoved(final DataDirectory source, final Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceMovedException
                    || cause instanceof NoSuchFileException gone
                            && Path.of(gone.getFile()).startsWith(source.path())) {
                return true;
            }
        }
        return false;
    }

    private static final class SourceMovedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        SourceMovedException(final String message) {
            super(message);
        }
    }

    private StoreBuilder.Built copy() {
        final ManifestFile.Found found = ManifestFile.read(source.path())
                .orElseThrow(() -> new DirectoryDamagedException(
                        "file=" + source.manifest() + ": found none, expected a manifest; run recover",
                        source.manifest()));
        found.manifest().requireComplete(source.path());
        final Manifest begun = found.manifest();
        final long identity = begun.identity();
        try (ManifestFile manifest =
                ManifestFile.create(files, copy.path(), Manifest.begin(identity, Manifest.State.INCOMPLETE))) {
            copy.makeDirectories(files);
            final long checkpointed = begun.checkpointSequence();
            final StoreBuilder.SealedStore base =
                    new StoreBuilder.SealedStore(copy.checkpoint(checkpointed), checkpointed);
            if (base.isThere()) {
                StoreCopy.copy(files, source.checkpoint(checkpointed), base.directory());
                // The copy is checked: the source may be replaced while it is read.
                StoreBuilder.requireIntact(base, identity);
            }
            final LogFiles from = new LogFiles(files, source.log(), identity);
            final long end = endSequence(from);
            final LogFiles to = new LogFiles(files, copy.log(), identity);
            copyLog(from, to, begun, end);
            final StoreBuilder.Built built = new StoreBuilder(files, options.clock())
                    .build(
                            base,
                            to,
                            end,
                            copy.store(),
                            source.firstMapEntries(options.limits().firstMapEntries()));
            manifest.writeTwice(manifest.current()
                    .withLog(begun.log())
                    .withCheckpoint(checkpointed)
                    .closed(built.clockModeCode(), built.seal()));
            requireSound();
            return built;
        }
    }

    private void requireSameStart(final Manifest begun) {
        final Manifest now = ManifestFile.read(source.path())
                .map(ManifestFile.Found::manifest)
                .orElse(begun);
        if (!now.log().equals(begun.log())) {
            throw new SourceMovedException("dataDirectory=" + source.path() + ": an engine deleted old segments");
        }
    }

    /** Returns the end of the copied log: the last applied operation, or the end of a log without a writer. */
    private long endSequence(final LogFiles log) {
        if (applied.isPresent()) {
            return applied.get().getAsLong();
        }
        final ManifestFile.Found found = ManifestFile.read(source.path()).orElseThrow();
        final String boot = BootId.current();
        final long promised = found.requiredSequence(boot);
        final boolean isAppendedTo = found.manifest().state() == Manifest.State.OPEN
                && !found.isCopy()
                && boot.equals(found.manifest().bootId())
                && DirectoryLock.livingOwner(source.path()).isPresent();
        if (isAppendedTo || found.manifest().seal().isPresent()) {
            return promised;
        }
        final IncompleteBatch half = new IncompleteBatch();
        final ReplayResult end = LogReader.replay(log, found.manifest().firstSequence(), half);
        if (ManifestFile.read(source.path()).orElseThrow().generation() != found.generation()) {
            throw new SourceMovedException("dataDirectory=" + source.path() + ": an engine opened it meanwhile");
        }
        if (end.lastSequence() < promised || !TornTail.isAllDamage(end)) {
            throw damaged(log, end, promised);
        }
        return half.lastBefore(end.lastSequence(), promised);
    }

    private static IllegalStateException damaged(final LogFiles log, final ReplayResult end, final long wanted) {
        return new DirectoryDamagedException(
                "log=" + log.directory() + " lastSequence=" + end.lastSequence() + " damages=" + end.damages()
                        + ", expected " + wanted + " and none; run recover first",
                log.directory());
    }

    private void copyLog(final LogFiles from, final LogFiles to, final Manifest begun, final long end) {
        final long firstSequence = begun.log().firstSequence();
        LogRewrite.make(to, options.logSegmentLength(), firstSequence, 0, rewrite -> {
            if (end >= firstSequence) {
                final ReplayResult read = LogReader.replay(from, firstSequence, end, rewrite);
                if (read.end() == LogEnd.GAP || read.lastSequence() < end) {
                    requireSameStart(begun);
                    throw damaged(from, read, end);
                }
            }
        });
    }

    private void requireSound() {
        final DirectoryCheck check = DirectoryCheck.ofLocked(copy);
        if (check.state() != DirectoryCheck.State.SOUND) {
            throw new DirectoryDamagedException(
                    "copy=" + copy.path() + " of dataDirectory=" + source.path() + " damages=" + check.damages()
                            + ", expected none; check the disks of both",
                    copy.path());
        }
    }
}
