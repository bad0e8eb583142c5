package io.tollgate.core.log;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The segments of an operation log.
 *
 * @param files       to reach them through.
 * @param directory   of the log.
 * @param directoryId the identity of the data directory. A replay refuses a segment of another identity; a survey
 *     reports and skips it.
 */
public record LogFiles(FileAccess files, Path directory, long directoryId) {
    /** An identity that no data directory has. */
    static final long NO_IDENTITY = 0;

    /**
     * Returns the identities of the data directories that the segments belong to, in the order of the segments.
     *
     * @param files     to reach the log through.
     * @param directory of the log.
     * @return the identities, empty if no segment is intact.
     * @throws UncheckedIOException if it cannot be read.
     */
    public static Set<Long> identities(final FileAccess files, final Path directory) {
        final Set<Long> found = new LinkedHashSet<>();
        try (SegmentReader reader = new SegmentReader()) {
            for (final Path segment : SegmentDescriptor.segmentsIn(files, directory)) {
                try (DataFile file = files.openForRead(segment)) {
                    reader.wrap(file, SegmentDescriptor.HEADER_LENGTH);
                    reader.directoryId(SegmentDescriptor.segmentIndex(segment)).ifPresent(found::add);
                }
            }
            return found;
        } catch (final NoSuchFileException e) {
            return found;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /**
     * Returns the first sequence of the last segment that begins at or before an operation.
     *
     * @param sequence of the operation.
     * @return the first sequence of the segment; 1 if no segment begins so early.
     * @throws UncheckedIOException if the log cannot be read.
     */
    public long beginOfSegmentWith(final long sequence) {
        try {
            long begin = 1;
            for (final Path segment : SegmentDescriptor.segmentsIn(files, directory)) {
                final long first = firstSequence(segment);
                begin = first <= sequence ? Math.max(begin, first) : begin;
            }
            return begin;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /**
     * Returns the first sequence of the first intact segment.
     *
     * @return the sequence; {@code Long.MAX_VALUE} if no segment is intact.
     * @throws UncheckedIOException if the log cannot be read.
     */
    public long firstSequence() {
        try {
            long first = Long.MAX_VALUE;
            for (final Path segment : SegmentDescriptor.segmentsIn(files, directory)) {
                first = Math.min(first, firstSequence(segment));
            }
            return first;
        } catch (final NoSuchFileException e) {
            return Long.MAX_VALUE;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /**
     * Deletes the segments before the one that begins at an operation.
     *
     * @param begin the first sequence of a segment.
     * @return the number of deleted segments.
     * @throws UncheckedIOException if the disk refuses.
     */
    public int deleteBefore(final long begin) {
        try {
            final List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            int end = 0;
            for (int i = 0; i < segments.size(); i++) {
                end = firstSequence(segments.get(i)) == begin ? i : end;
            }
            for (int i = 0; i < end; i++) {
                files.delete(segments.get(i));
            }
            if (end > 0) {
                files.forceDirectory(directory);
            }
            return end;
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + ": old segments cannot be deleted; check the disk", e);
        }
    }

    /** Returns the first sequence of a segment; {@code Long.MAX_VALUE} if it is damaged or unused. */
    private long firstSequence(final Path segment) throws IOException {
        try (DataFile file = files.openForRead(segment);
                SegmentReader reader = new SegmentReader()) {
            reader.wrap(file, SegmentDescriptor.HEADER_LENGTH);
            return reader.headerFault(SegmentDescriptor.segmentIndex(segment)).isEmpty()
                    ? reader.headerLong(SegmentDescriptor.FIRST_SEQUENCE_OFFSET)
                    : Long.MAX_VALUE;
        }
    }

    /**
     * Formats an identity for messages.
     *
     * @param directoryId the identity.
     * @return the text.
     */
    public static String text(final long directoryId) {
        return String.format("directoryId=%016x", directoryId);
    }

    static IllegalStateException refusal(final Path file, final long found, final long wanted) {
        return new DirectoryDamagedException(
                "file=" + file + ": found " + text(found) + ", expected " + text(wanted)
                        + " as in the manifest: the file belongs to another data directory; put the right file in its"
                        + " place, or run recover to go on without it",
                file);
    }

    private static UncheckedIOException cannotBeRead(final Path directory, final IOException cause) {
        return new UncheckedIOException("log=" + directory + ": cannot be read; check the disk", cause);
    }
}
