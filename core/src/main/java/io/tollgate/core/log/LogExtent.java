package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The size of a log, taken without reading its records. Another process may append at the same time.
 *
 * @param segmentCount the number of segments.
 * @param byteCount    the length of all segments.
 */
public record LogExtent(int segmentCount, long byteCount) {
    /**
     * Measures a log. A segment that is deleted meanwhile is not counted.
     *
     * @param files     to reach the log through.
     * @param directory of the log.
     * @return its size, zeros if the directory is missing.
     * @throws UncheckedIOException if it cannot be read.
     */
    public static LogExtent of(final FileAccess files, final Path directory) {
        int segmentCount = 0;
        long byteCount = 0;
        try {
            for (final Path segment : SegmentDescriptor.segmentsIn(files, directory)) {
                try (DataFile file = files.openForRead(segment)) {
                    byteCount += file.size();
                    segmentCount++;
                } catch (final NoSuchFileException e) {
                    continue;
                }
            }
        } catch (final NoSuchFileException e) {
            return new LogExtent(0, 0);
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + ": cannot be read; check the disk", e);
        }
        return new LogExtent(segmentCount, byteCount);
    }
}
