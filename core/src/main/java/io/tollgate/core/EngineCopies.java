package io.tollgate.core;

import io.tollgate.api.Backup;
import io.tollgate.api.Checkpoint;
import io.tollgate.api.CheckpointCounts;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checkpoints and backups of an engine that is running, made beside its threads, which do none of the work: one that
 * goes on to another segment of its log may wait while a checkpoint forces that. Control threads; one copy at a time.
 */
final class EngineCopies implements AutoCloseable {
    private final EngineContext context;
    private final Optional<DataFolder> folder;
    private final List<ShardWorker> workers;
    private final EngineState state;
    private boolean isClosed;
    // Written under the lock of this object.
    private volatile long madeCount;
    private volatile long failedCount;
    private volatile long deletedSegmentCount;
    private volatile long includedCount;
    private volatile long lastDurationNs;

    EngineCopies(
            final EngineContext context,
            final Optional<DataFolder> folder,
            final List<ShardWorker> workers,
            final EngineState state) {
        this.context = context;
        this.folder = folder;
        this.workers = workers;
        this.state = state;
    }

    /** Makes a checkpoint of each shard. */
    synchronized Checkpoint checkpoint() {
        requireDirectory("checkpoint");
        final long startNs = context.nanoClock().nanoTime();
        boolean isMade = false;
        try {
            final List<Long> cut = Uninterrupted.putOff(this::makeCheckpoint);
            includedCount = cut.stream().mapToLong(Long::longValue).sum();
            isMade = true;
            return new Checkpoint(cut, context.nanoClock().nanoTime() - startNs);
        } finally {
            lastDurationNs = context.nanoClock().nanoTime() - startNs;
            count(isMade);
        }
    }

    /** How many checkpoints were made since the opening; any thread. */
    long madeCount() {
        return madeCount;
    }

    /** How many failed since then; any thread. */
    long failedCount() {
        return failedCount;
    }

    /** How many old segments of the logs were deleted since then; any thread. */
    long deletedSegmentCount() {
        return deletedSegmentCount;
    }

    /** How many operations the last checkpoint includes, over all shards, if one was made since the opening. */
    long includedCount() {
        return includedCount;
    }

    /** How long the last checkpoint took that was made or has failed, without what it waited for before. */
    long lastDurationNs() {
        return lastDurationNs;
    }

    private void count(final boolean isMade) {
        if (isMade) {
            madeCount++;
        } else {
            failedCount++;
        }
    }

    /** What has become of checkpoints; any thread. */
    CheckpointCounts counts() {
        return new CheckpointCounts(madeCount, failedCount, deletedSegmentCount);
    }

    /** How many operations the checkpoints that are there include, over all shards. */
    long checkpointedCount() {
        return workers.stream()
                .map(worker -> worker.shard().folder().orElseThrow().checkpoint())
                .mapToLong(
                        checkpoint -> StoreDirectory.cleanSequence(checkpoint).orElse(0))
                .sum();
    }

    private List<Long> makeCheckpoint() {
        final FileAccess files = context.fileAccess();
        final List<ShardFolder> folders = folders();
        final long[] before = CheckpointCut.oldest(folders);
        final long[] cut = LogCut.of(folders, files, before, positions(folders));
        // A checkpoint is never ahead of any log on disk: a batch that one shard has applied is in the logs of others.
        for (final ShardWorker worker : workers) {
            worker.shard().log().orElseThrow().forceAppended();
        }
        if (!isAsWanted(folders, cut)) {
            deleteUnfinished(folders);
            final boolean isOneBeforeKept = keepsOneBefore(folders);
            requireRoom(folders, isOneBeforeKept);
            final StoreReplay replay = new StoreReplay(files, context.clock(), new SharedBatches(folders, files, cut));
            for (int i = 0; i < folders.size(); i++) {
                final ShardFolder made = folders.get(i);
                checkpoint(replay, workers.get(i).shard(), made, cut);
                made.replaceCheckpoint(files, isOneBeforeKept);
            }
        } else {
            // The last call may have failed as it forced their names.
            folders.forEach(made -> made.force(files));
        }
        if (context.checkpoints().isOldLogDeleted()) {
            deleteOldLog(folders);
        }
        return Arrays.stream(cut).boxed().toList();
    }

    /** Before room is asked for: what could not get its name, or could not be deleted, takes some. */
    private void deleteUnfinished(final List<ShardFolder> folders) {
        for (final ShardFolder folder : folders) {
            try {
                FileTree.delete(context.fileAccess(), folder.newCheckpoint());
                folder.deleteDiscarded(context.fileAccess());
            } catch (final IOException e) {
                throw new UncheckedIOException(
                        "directory=" + folder.newCheckpoint() + ": cannot be deleted; check the disk", e);
            }
        }
    }

    private List<ShardFolder> folders() {
        return workers.stream()
                .map(worker -> worker.shard().folder().orElseThrow())
                .toList();
    }

    /** Up to where each shard has applied its log: the last cut may have been ahead of that for a moment. */
    private long[] positions(final List<ShardFolder> folders) {
        final long[] positions = new long[folders.size()];
        for (int i = 0; i < positions.length; i++) {
            final long last =
                    StoreDirectory.cleanSequence(folders.get(i).checkpoint()).orElse(0);
            positions[i] = Math.max(last, workers.get(i).publishedSequence());
        }
        return positions;
    }

    /** Whether all shards have a checkpoint of this cut: else none keeps its own, so that all have the same cuts. */
    private static boolean isAsWanted(final List<ShardFolder> folders, final long[] cut) {
        boolean isAsWanted = true;
        for (int i = 0; i < cut.length; i++) {
            final Path checkpoint = folders.get(i).checkpoint();
            isAsWanted &= StoreDirectory.cleanSequence(checkpoint).orElse(0) == cut[i]
                    && Arrays.equals(CheckpointCut.read(checkpoint).orElse(new long[0]), cut);
        }
        return isAsWanted;
    }

    /** Refuses what a disk has no room for beside the next segments of the logs: the engine needs those. */
    private void requireRoom(final List<ShardFolder> folders, final boolean isOneBeforeKept) {
        final int keptCount = isOneBeforeKept ? 1 : 0;
        final CheckpointRoom room = new CheckpointRoom(context.fileAccess(), folders, context.logSegmentLength());
        for (int i = 0; i < folders.size(); i++) {
            final ShardFolder folder = folders.get(i);
            room.take(folder, workers.get(i).shard().store().copyBytes(folder.checkpoint()));
            final List<Path> standing = folder.checkpoints();
            if (standing.size() > keptCount) {
                room.giveBack(folder, StoreDirectory.byteCount(standing.get(keptCount)));
            }
        }
    }

    /**
     * Whether the checkpoints before the new ones stay, those of all shards: what comes behind them is all that a short
     * log has, for its own shard and for others, which look for the ends of their batches in it; and of what a log has
     * lost a checkpoint has the only copy.
     */
    private boolean keepsOneBefore(final List<ShardFolder> folders) {
        return context.checkpoints().isOldLogDeleted()
                || folders.stream()
                        .map(folder -> LogBegin.of(context.fileAccess(), folder.log()))
                        .anyMatch(begin -> begin.neededSequence() > 0 || begin.isDamaged());
    }

    private void checkpoint(
            final StoreReplay replay, final EngineShard shard, final ShardFolder folder, final long[] cut) {
        final long sequence = cut[shard.store().place().index()];
        final Path before = folder.checkpoint();
        final Path directory = folder.newCheckpoint();
        final FileAccess files = context.fileAccess();
        try {
            final long fromSequence = ShardCheckpoint.copy(files, before, directory);
            files.createDirectory(directory);
            CheckpointCut.write(files, directory, cut);
            final int entries = StoreDirectory.firstMapEntries(folder.path()).orElse(context.firstMapEntries());
            replay.make(directory, folder.log(), shard.store().place(), entries, fromSequence, sequence);
        } catch (final IOException e) {
            deleteAfter(e, files, directory);
            throw new UncheckedIOException(
                    "directory=" + directory + ": cannot be made; check the disk and its free space", e);
        } catch (final RuntimeException | Error e) {
            deleteAfter(e, files, directory);
            throw e;
        }
    }

    /**
     * Deletes of all logs what nobody needs, whichever checkpoint a shard is rebuilt from: only where two of each
     * stand, and the newest is read back as it was made. The one before was read when that was made of it. Of a shard
     * to which nothing has come both end at the same operation. What cannot be deleted goes with a later checkpoint:
     * this one is made.
     */
    private void deleteOldLog(final List<ShardFolder> folders) {
        final long[] unneeded = CheckpointCut.oldest(folders);
        for (int i = 0; i < unneeded.length; i++) {
            final boolean isSafe = folders.get(i).checkpoints().size() > 1
                    && ShardCheckpoint.sequence(folders.get(i).checkpoint()) >= unneeded[i];
            if (!isSafe) {
                return;
            }
        }
        for (int i = 0; i < unneeded.length; i++) {
            try {
                deletedSegmentCount +=
                        LogBegin.advance(context.fileAccess(), folders.get(i).log(), i, unneeded[i]);
            } catch (final UncheckedIOException e) {
                context.errorHandler().onError(e);
            }
        }
    }

    /** A part of a checkpoint is of no use, and the disk may be full. */
    private static void deleteAfter(final Throwable cause, final FileAccess files, final Path directory) {
        try {
            FileTree.delete(files, directory);
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Copies the data directory. */
    synchronized Backup backup(final Path target) {
        requireDirectory("backup");
        return DirectoryBackup.make(context, folder.orElseThrow(), target, Optional.of(() -> positions(folders())));
    }

    private void requireDirectory(final String call) {
        if (isClosed) {
            throw state.stoppedException();
        }
        if (folder.isEmpty()) {
            throw new IllegalStateException("directory=none, expected one for a " + call
                    + ": an engine in memory has nothing on disk; set a directory");
        }
    }

    /** Waits for a copy that is being made; there is none afterwards. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
