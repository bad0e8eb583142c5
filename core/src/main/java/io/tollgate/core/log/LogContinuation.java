package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.HoleFiller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What an opening does with the segments that an earlier one has left. Stateless. */
final class LogContinuation {
    private LogContinuation() {}

    /**
     * Deletes what holds no record: unfinished segments and, behind a clean end, those prepared ahead.
     *
     * @return the index of the last segment that stays, -1 if there is none.
     */
    static long deleteUnused(final FileAccess files, final Path directory, final ReplayResult end) throws IOException {
        final List<Path> entries = files.list(directory);
        long lastIndex = -1;
        for (final Path file : entries) {
            final long index = SegmentDescriptor.segmentIndex(file);
            final boolean unused = index > end.segmentIndex() && end.end() == LogEnd.CLEAN;
            if (unused || SegmentDescriptor.isUnfinishedFile(file)) {
                files.delete(file);
            } else {
                lastIndex = Math.max(lastIndex, index);
            }
        }
        return lastIndex;
    }

    /** Whether the segment that holds the end takes more: behind a clean end. */
    static boolean isPossible(final Path directory, final ReplayResult end) {
        final Path last = SegmentDescriptor.file(directory, end.segmentIndex());
        return end.end() == LogEnd.CLEAN
                && end.segmentIndex() >= 0
                && end.nextSequence() == end.lastSequence() + 1
                && end.damages().stream().noneMatch(damage -> damage.file().equals(last));
    }

    /**
     * Opens the segment that holds the end, when it has its room on the disk from there on, as one that was prepared
     * has: whoever has copied it may have left a hole.
     */
    static Segment reopen(final LogFiles log, final ReplayResult end) throws IOException {
        final Path file = SegmentDescriptor.file(log.directory(), end.segmentIndex());
        final int length;
        try (DataFile segment = log.files().openForWrite(file)) {
            length = Math.toIntExact(segment.size());
            HoleFiller.give(segment, end.position());
            segment.force();
        }
        final Segment segment = Segment.open(log, end.segmentIndex(), length);
        if (!segment.isZeroAt((int) end.position())) {
            segment.close();
            throw new IllegalStateException("file=" + file + " has a frame at position=" + end.position()
                    + ", expected the end of the log: replay it again");
        }
        return segment;
    }
}
