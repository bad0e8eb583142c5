package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.HoleFiller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Handles the segments of an existing log when it is opened for appending. Stateless. */
final class LogContinuation {
    private LogContinuation() {}

    /**
     * Deletes segments without records: unfinished ones and, after a clean end, prepared ones.
     *
     * @return the index of the last remaining segment, -1 if none remains.
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

    /** Returns true if the segment with the end of the log can be appended to. This requires a clean end. */
    static boolean isPossible(final Path directory, final ReplayResult end) {
        final Path last = SegmentDescriptor.file(directory, end.segmentIndex());
        return end.end() == LogEnd.CLEAN
                && end.segmentIndex() >= 0
                && end.nextSequence() == end.lastSequence() + 1
                && end.damages().stream().noneMatch(damage -> damage.file().equals(last));
    }

    /**
     * Opens the segment that holds the end. The rest of the segment is allocated on disk first, because a copied file
     * may be sparse.
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
