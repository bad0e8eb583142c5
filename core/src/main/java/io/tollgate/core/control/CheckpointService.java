package io.tollgate.core.control;

import io.tollgate.api.admin.Backup;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.event.CheckpointEvent;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.open.DirectoryOpening;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.open.StoreBuilder;
import io.tollgate.core.store.seal.StoreSeal;
import io.tollgate.core.writer.EngineCounters;
import io.tollgate.core.writer.EngineWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes checkpoints and backups of a running engine on the thread of the caller. The engine waits only if it changes to
 * another log segment during a force. Control threads; one copy at a time.
 */
public final class CheckpointService implements EngineCounters.CopyCounts, AutoCloseable {
    /** An extra 1/16 of the size for the metadata of the file system. */
    private static final int MARGIN_SHARE = 16;

    private static final long RESERVED_SEGMENTS = 2;

    private final EngineOptions context;
    private final EngineResources resources;
    private final EngineWriter writer;
    private final EngineState state;
    private boolean isClosed;
    // Written under the lock of this object.
    private volatile long madeCount;
    private volatile long failedCount;
    private volatile long deletedSegmentCount;
    private volatile long lastDurationNs;

    public CheckpointService(
            final EngineOptions context,
            final EngineResources resources,
            final EngineWriter writer,
            final EngineState state) {
        this.context = context;
        this.resources = resources;
        this.writer = writer;
        this.state = state;
    }

    /** Makes a checkpoint of the applied operations. */
    synchronized Checkpoint checkpoint() {
        final DirectoryOpening.Opened opened = requireDirectory("checkpoint");
        final long startNs = context.nanoClock().nanoTime();
        final CheckpointEvent event = EngineEvents.beginCheckpoint();
        boolean isMade = false;
        try {
            final long sequence = Uninterruptibles.putOff(() -> makeCheckpoint(opened));
            isMade = true;
            return new Checkpoint(sequence, context.nanoClock().nanoTime() - startNs);
        } finally {
            lastDurationNs = context.nanoClock().nanoTime() - startNs;
            count(isMade);
            if (event != null) {
                event.end(isMade, checkpointedSequence());
            }
        }
    }

    private void count(final boolean isMade) {
        if (isMade) {
            madeCount++;
        } else {
            failedCount++;
        }
    }

    @Override
    public long madeCount() {
        return madeCount;
    }

    @Override
    public long failedCount() {
        return failedCount;
    }

    @Override
    public long deletedSegmentCount() {
        return deletedSegmentCount;
    }

    @Override
    public long lastDurationNs() {
        return lastDurationNs;
    }

    /** Returns the counts of checkpoints; any thread. */
    public CheckpointCounts counts() {
        return new CheckpointCounts(madeCount, failedCount, deletedSegmentCount);
    }

    @Override
    public long checkpointedSequence() {
        // Without Optional.map, because the counters are updated without an allocation.
        final Optional<DirectoryOpening.Opened> opened = resources.opened();
        return opened.isPresent() ? opened.get().current().checkpointSequence() : 0;
    }

    /** Returns the length of the begun log segments in bytes; any thread. */
    long logBytes() {
        return resources.log().map(OperationLog::begunBytes).orElse(0L);
    }

    private long makeCheckpoint(final DirectoryOpening.Opened opened) {
        final FileAccess files = context.fileAccess();
        final DataDirectory directory = opened.directory();
        final ManifestFile manifest = opened.manifest();
        final long before = manifest.current().checkpointSequence();
        final long sequence = writer.publishedSequence();
        if (sequence == before) {
            return sequence;
        }
        // A checkpoint must not be ahead of the log on disk.
        opened.log().forceAppended();
        final boolean isOldLogDeleted = context.checkpoints().isOldLogDeleted();
        final boolean isOneBeforeKept = isOldLogDeleted || manifest.current().neededSequence() > 0;
        directory.deleteCheckpoints(files, before, true);
        requireSpace(directory);
        final LogFiles log =
                new LogFiles(files, directory.log(), manifest.current().identity());
        final Path made = build(directory, log, before, sequence);
        try {
            files.rename(made, directory.checkpoint(sequence));
            files.forceDirectory(directory.path());
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + made + ": cannot be renamed; check the disk", e);
        }
        manifest.write(manifest.current().withCheckpoint(sequence));
        if (isOldLogDeleted && before > 0) {
            deleteOldLog(directory, manifest, log, before, sequence);
        }
        directory.deleteCheckpoints(files, sequence, isOneBeforeKept);
        return sequence;
    }

    private Path build(final DataDirectory directory, final LogFiles log, final long before, final long sequence) {
        final Path target = directory.unfinishedCheckpoint(sequence);
        try {
            new StoreBuilder(context.fileAccess(), context.clock())
                    .build(
                            new StoreBuilder.SealedStore(directory.checkpoint(before), before),
                            log,
                            sequence,
                            target,
                            directory.firstMapEntries(context.limits().firstMapEntries()));
            return target;
        } catch (final RuntimeException | Error e) {
            deleteAfter(e, context.fileAccess(), target);
            throw e;
        }
    }

    /**
     * Refuses a checkpoint if the disk has no room for it and the next log segments, because the engine needs the
     * segments.
     */
    private void requireSpace(final DataDirectory directory) {
        final long storeBytes = resources.store().copyBytes();
        final long neededBytes = storeBytes + storeBytes / MARGIN_SHARE;
        final long reservedBytes = RESERVED_SEGMENTS * context.logSegmentLength();
        try {
            final long usableBytes = context.fileAccess().usableBytes(directory.path());
            if (usableBytes - neededBytes < reservedBytes) {
                throw new UncheckedIOException(new IOException("dataDirectory=" + directory.path() + " storeBytes="
                        + storeBytes + " usableBytes=" + usableBytes + ", expected " + (neededBytes + reservedBytes)
                        + " for a checkpoint and the next segments of the log; free space on the disk"));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + directory.path() + ": the free space cannot be read; check the disk", e);
        }
    }

    /**
     * Deletes the log segments that neither the new checkpoint nor the previous one needs, after the new one was
     * verified. If a segment cannot be deleted, a later checkpoint retries; this checkpoint is valid.
     */
    private void deleteOldLog(
            final DataDirectory directory,
            final ManifestFile manifest,
            final LogFiles log,
            final long before,
            final long sequence) {
        StoreBuilder.requireIntact(
                new StoreBuilder.SealedStore(directory.checkpoint(sequence), sequence), log.directoryId());
        if (StoreSeal.read(directory.checkpoint(before)).isEmpty()) {
            return;
        }
        final Manifest.LogStart start = manifest.current().log();
        final long first = log.beginOfSegmentWith(before + 1);
        try {
            if (first > start.firstSequence()) {
                manifest.write(manifest.current()
                        .withLog(new Manifest.LogStart(first, Math.max(start.neededSequence(), first - 1))));
            }
            deletedSegmentCount += log.deleteBefore(first);
        } catch (final UncheckedIOException e) {
            context.errorHandler().onError(e);
        }
    }

    /** A partial checkpoint is useless, and the disk may be full. */
    private static void deleteAfter(final Throwable cause, final FileAccess files, final Path directory) {
        try {
            FileTree.delete(files, directory);
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Copies the data directory. */
    synchronized Backup backup(final Path target) {
        final DirectoryOpening.Opened opened = requireDirectory("backup");
        return DirectoryBackup.make(context, opened.directory(), target, Optional.of(writer::publishedSequence));
    }

    private DirectoryOpening.Opened requireDirectory(final String call) {
        if (isClosed) {
            throw state.stoppedException();
        }
        return resources
                .opened()
                .orElseThrow(() -> new IllegalStateException("directory=none, expected one for a " + call
                        + ": an engine in memory has no files; set a directory"));
    }

    /** Waits for a copy in progress; later ones are refused. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
