package io.tollgate.core;

import io.tollgate.api.Backup;
import io.tollgate.api.Checkpoint;
import io.tollgate.core.log.FileAccess;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checkpoints and backups of an engine that is running, made beside its threads: these are not waited for, and do not
 * wait. Control threads; one copy at a time.
 */
final class EngineCopies implements AutoCloseable {
    private final EngineContext context;
    private final List<ShardWorker> workers;
    private final EngineState state;
    private boolean isClosed;

    EngineCopies(final EngineContext context, final List<ShardWorker> workers, final EngineState state) {
        this.context = context;
        this.workers = workers;
        this.state = state;
    }

    /** Makes a checkpoint of each shard. */
    synchronized Checkpoint checkpoint() {
        requireDirectory("checkpoint");
        final long startNs = System.nanoTime();
        final FileAccess files = context.fileAccess();
        final List<Long> sequences = new ArrayList<>();
        for (final ShardWorker worker : workers) {
            sequences.add(worker.publishedSequence());
            // A checkpoint is never ahead of the log on disk.
            worker.shard().log().orElseThrow().forceAppended();
        }
        final List<ShardFolder> folders = workers.stream()
                .map(worker -> worker.shard().folder().orElseThrow())
                .toList();
        final StoreReplay replay = new StoreReplay(files, context.clock(), new SharedBatches(folders, files));
        for (int i = 0; i < folders.size(); i++) {
            checkpoint(replay, workers.get(i).shard(), folders.get(i), sequences.get(i));
        }
        return new Checkpoint(sequences, System.nanoTime() - startNs);
    }

    private void checkpoint(
            final StoreReplay replay, final EngineShard shard, final ShardFolder folder, final long sequence) {
        if (sequence == 0 || StoreDirectory.cleanSequence(folder.checkpoint()).orElse(0) == sequence) {
            return;
        }
        final Path directory = folder.newCheckpoint();
        try {
            FileTree.delete(directory);
            if (Files.exists(folder.checkpoint())) {
                StoreDirectory.copy(folder.checkpoint(), directory);
            }
            StoreDirectory.make(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be made", e);
        }
        final int entries = StoreDirectory.firstMapEntries(folder.path()).orElse(context.firstMapEntries());
        replay.make(directory, folder.log(), shard.store().place(), entries, sequence);
        folder.replaceCheckpoint();
    }

    /** Copies the data directory. */
    synchronized Backup backup(final Path target) {
        requireDirectory("backup");
        return DirectoryBackup.make(context, target);
    }

    private void requireDirectory(final String call) {
        if (isClosed) {
            throw state.stoppedException();
        }
        if (context.directory().isEmpty()) {
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
