package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.LogRewrite;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/**
 * Puts a new log in the place of a damaged one: all that can be read of it, and a record of each loss. The damaged one
 * is kept beside it. A process that is stopped in between leaves either the one or the other in place.
 */
final class LogRepair {
    private LogRepair() {}

    /**
     * Repairs the log of a shard that nobody has open.
     *
     * @param directoryId which data directory it is of.
     * @param check what was found of it: how far it should go at least, and where it begins.
     * @return where the damaged log is now.
     */
    static Path repair(
            final FileAccess files,
            final ShardFolder folder,
            final int segmentLength,
            final long directoryId,
            final ShardCheck check) {
        final Path damaged = folder.nextDamaged();
        try {
            clear(files, folder.newLog());
            // What was deleted is no loss as long as something has it.
            final long begin = check.isBeginCovered() ? check.beginSequence() : 1;
            if (begin > 1 || check.hasLost()) {
                LogBegin.writeRepaired(
                        files, folder.newLog(), directoryId, folder.index(), begin, check.neededSequence());
            }
            final ReplayResult nothing = LogReader.replay(files, folder.newLog(), begin, LogRepair::ignore);
            try (OperationLog log = OperationLog.open(files, folder.newLog(), segmentLength, directoryId, nothing)) {
                final LogRewrite rewrite = new LogRewrite(log);
                if (Presence.isDirectory(folder.log())) {
                    LogReader.surveyOf(
                            files, folder.log(), directoryId, folder.index(), (buffer, offset, length, sequence) -> {
                                if (sequence <= check.keptSequence()) {
                                    rewrite.onOperation(buffer, offset, length, sequence);
                                }
                            });
                }
                rewrite.end(Math.max(check.promisedSequence(), check.keptSequence()));
            }
            files.forceDirectory(folder.newLog());
            files.forceDirectory(folder.path());
            files.rename(folder.log(), damaged);
            folder.make(files);
            files.forceDirectory(folder.path());
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + folder.log() + " cannot be repaired: check the disk", e);
        }
        return damaged;
    }

    /**
     * Makes a shard that is lost anew. What its log had is not known, so it begins with a loss.
     *
     * @param directoryId  which data directory it is of.
     * @param lastSequence that its log is known to have had, 0 if nothing is known: what comes is behind that.
     */
    static void makeAnew(
            final FileAccess files,
            final ShardFolder folder,
            final int segmentLength,
            final long directoryId,
            final long lastSequence) {
        folder.removeLooseLinks(files);
        folder.make(files);
        final ReplayResult found =
                LogReader.surveyOf(files, folder.log(), directoryId, folder.index(), LogRepair::ignore);
        if (found.lastSequence() == 0) {
            LogBegin.writeRepaired(files, folder.log(), directoryId, folder.index(), 1, 0);
            try (OperationLog log = OperationLog.open(files, folder.log(), segmentLength, directoryId, found)) {
                log.appendLoss(lastSequence + 1);
                log.force();
            }
        }
        if (!folder.hasMark()) {
            folder.promise(files, directoryId, found.lastSequence() == 0 ? lastSequence + 1 : found.lastSequence());
        }
    }

    /** Makes an empty directory, in the place of one that a repair has left which was stopped, or of a link. */
    private static void clear(final FileAccess files, final Path directory) throws IOException {
        FileTree.delete(files, directory);
        files.createDirectory(directory);
    }

    private static void ignore(
            final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        // A new log holds nothing.
    }
}
