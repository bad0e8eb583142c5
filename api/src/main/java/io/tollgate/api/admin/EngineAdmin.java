package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import java.nio.file.Path;

/**
 * The administration of an engine: checkpoints, backups, the audit and statistics. The rules for threads are those of
 * {@link Engine}.
 *
 * <pre>{@code
 * EngineAdmin admin = engine.admin();
 * Checkpoint checkpoint = admin.checkpoint();
 * Backup backup = admin.backup(Path.of("backup"));
 * System.out.println(admin.statistics());
 * }</pre>
 */
public interface EngineAdmin {
    /**
     * Writes a checkpoint. After a crash the engine replays only the log after the checkpoint. It does not read, and
     * does not verify, the log segments before the one in which the checkpoint ends.
     *
     * <p>The calling thread does the work: it forces the log and applies once more the operations since the last
     * checkpoint. Points are applied meanwhile. The engine may pause at the change to a new log segment while the old
     * one is being forced. The checkpoint is on disk when the call returns; the one before remains until then. If an
     * old log segment should be deleted and cannot be, the error handler is called, and the next checkpoint tries
     * again.
     *
     * @return the checkpoint.
     * @throws IllegalStateException if the engine is in memory or closed, if the caller is a thread of the engine, or
     *         if the log or the last checkpoint is damaged; both remain as they are.
     * @throws java.io.UncheckedIOException if an I/O operation fails or the disk is full. The engine continues, unless
     *         its log cannot be forced: then it has failed.
     */
    Checkpoint checkpoint();

    /**
     * Copies the data directory while the engine runs: the log up to now, and the store that follows from it. The
     * calling thread does the work. The copy is complete, closed cleanly and on disk when the call returns. If the call
     * fails, the target is left empty or absent. A crash leaves an incomplete directory that no engine opens: delete
     * it.
     *
     * @param directory the target: absent or empty, and outside of the data directory.
     * @return the backup.
     * @throws IllegalArgumentException if the target is not empty, or is inside the data directory.
     * @throws IllegalStateException if the engine is in memory or closed, if the caller is a thread of the engine, or
     *         if the log is damaged.
     * @throws java.io.UncheckedIOException if an I/O operation fails or the disk is full; the engine continues.
     */
    Backup backup(Path directory);

    /** {@return the record of refused and late points; any thread may use it} */
    Audit audit();

    /**
     * Returns counters since the engine was opened, and the sizes of its contents.
     *
     * @return a snapshot.
     * @throws IllegalStateException if the engine is closed.
     */
    EngineStatistics statistics();
}
