package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import java.nio.file.Path;

/**
 * The administration of an engine: copies of its state, and what it has done. Any thread may call any method, as of
 * {@link Engine}.
 */
public interface EngineAdmin {
    /**
     * Writes the state of the engine beside its log, so that an opening after a kill applies no more of the log than
     * what was appended since, and reads none of the segments before the one that the checkpoint ends in. What the log
     * has before that is not looked at then. Points are taken meanwhile; the calling thread does the work: it forces
     * the log, and applies once more what was applied since the last checkpoint. The engine may wait where it goes on
     * to another segment of its log while that is forced. On disk when this returns; a checkpoint before stands until
     * then. Where old log is to go with it and cannot be deleted, the error handler is told, and the next one tries
     * again.
     *
     * @return up to where.
     * @throws IllegalStateException        if the engine is in memory or closed, if this is one of its own threads, or
     *                                      if its log or the last checkpoint is damaged: that stands as it is.
     * @throws java.io.UncheckedIOException if the disk refuses or is full; the engine goes on as before, unless
     *                                      its log cannot be forced: then it has failed.
     */
    Checkpoint checkpoint();

    /**
     * Copies the data directory while the engine goes on: the log up to now, and the store that follows from it. The
     * calling thread does the work. The copy gets its name when it is whole, checked, closed cleanly and on disk; until
     * then it lies beside that, under a name that begins with it and {@code .unfinished-}. If the process is killed,
     * that stays until the next copy is made to the same directory, which deletes it.
     *
     * @param directory of the copy: not there, or empty and no mount point, and outside of the data directory; of a
     *                  link the directory that it leads to.
     * @return what the copy includes.
     * @throws IllegalArgumentException     if there is something in the directory, or it is a mount point, or lies in
     *                                      the data directory.
     * @throws IllegalStateException        if the engine is in memory or closed, if this is one of its own threads, or
     *                                      if its log is damaged.
     * @throws java.io.UncheckedIOException if the disk refuses or is full; the engine goes on as before.
     */
    Backup backup(Path directory);

    /**
     * The record of refused and late points.
     *
     * @return the audit of this engine, for all threads.
     */
    Audit audit();

    /**
     * The counts of the engine since it was opened, and of what it holds.
     *
     * @return a snapshot.
     * @throws IllegalStateException if the engine is closed.
     */
    EngineStatistics statistics();
}
