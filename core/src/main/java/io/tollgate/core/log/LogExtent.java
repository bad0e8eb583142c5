package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * How large a log is, told without reading its records: also while another process appends to it.
 *
 * @param segmentCount  segments, one that is prepared ahead included.
 * @param byteCount     of their files.
 * @param firstSequence of the log, 0 where the header of its first segment cannot be read; more than 1 where segments
 *                      before it were deleted.
 */
public record LogExtent(int segmentCount, long byteCount, long firstSequence) {
    /**
     * Looks at a log. Where old segments are deleted meanwhile, it looks again.
     *
     * @param files     to reach the directory through.
     * @param directory of the log.
     * @return how large it is.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static LogExtent of(final FileAccess files, final Path directory) {
        try {
            List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            while (true) {
                try {
                    return of(files, directory, segments);
                } catch (final NoSuchFileException e) {
                    final List<Path> left = SegmentDescriptor.segmentsIn(files, directory);
                    if (left.equals(segments)) {
                        throw e;
                    }
                    segments = left;
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be read: check the disk", e);
        }
    }

    private static LogExtent of(final FileAccess files, final Path directory, final List<Path> segments)
            throws IOException {
        long byteCount = 0;
        long firstSequence = 0;
        for (int i = 0; i < segments.size(); i++) {
            try (DataFile file = files.openForRead(segments.get(i))) {
                byteCount += file.size();
                firstSequence = i == 0 ? firstSequence(file, segments.get(i)) : firstSequence;
            }
        }
        final long begin = LogBegin.of(files, directory).firstSequence();
        return new LogExtent(segments.size(), byteCount, firstSequence == 0 ? 0 : Math.max(begin, firstSequence));
    }

    /**
     * The length of a segment, where all have the same.
     *
     * @return bytes, empty where that is not so.
     */
    public OptionalInt segmentLength() {
        final long length = segmentCount == 0 ? 0 : byteCount / segmentCount;
        return length * segmentCount == byteCount && SegmentDescriptor.isSegmentLength(length)
                ? OptionalInt.of((int) length)
                : OptionalInt.empty();
    }

    private static long firstSequence(final DataFile file, final Path path) throws IOException {
        try (SegmentReader reader = new SegmentReader()) {
            reader.wrap(file);
            return reader.headerFault(SegmentDescriptor.segmentIndex(path)).isEmpty()
                    ? reader.buffer()
                            .getLong(reader.offset(0, SegmentDescriptor.HEADER_LENGTH)
                                    + SegmentDescriptor.FIRST_SEQUENCE_OFFSET)
                    : 0;
        }
    }
}
