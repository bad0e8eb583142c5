package io.tollgate.core.log;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Zeros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.collections.LongArrayList;

/**
 * What stands at the end of a log that was not closed, and nobody was ever told of: behind its last whole frame an
 * append that the disk has got in part, and the first frames of what takes several.
 */
public final class TornTail {
    /** Segments that a process may leave without having forced them: the one that it left, and the current one. */
    private static final int MAX_UNFORCED = 2;

    private static final int PIECE_LENGTH = 1 << 17;

    private TornTail() {}

    /**
     * Whether nothing but the end of a log is damaged.
     *
     * @param end what a replay of the whole log has said.
     * @return true also if nothing at all is.
     */
    public static boolean isAllDamage(final ReplayResult end) {
        return end.end() == LogEnd.CLEAN && end.damages().isEmpty()
                || end.end() == LogEnd.TORN_TAIL && end.damages().size() == 1;
    }

    /**
     * Makes the bytes behind the last whole frame zero, as they are behind the end of a log, and deletes the segments
     * behind it. On disk when this returns.
     *
     * @param log that nobody has open.
     * @param end what a replay of the whole log has said; {@link #isAllDamage}.
     * @return what a replay would say now.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ReplayResult cut(final LogFiles log, final ReplayResult end) {
        if (end.end() == LogEnd.CLEAN) {
            return end;
        }
        final FileAccess files = log.files();
        final Path directory = log.directory();
        try {
            for (final Path file : SegmentDescriptor.segmentsIn(files, directory)) {
                if (SegmentDescriptor.segmentIndex(file) > end.segmentIndex()) {
                    files.delete(file);
                }
            }
            if (end.segmentIndex() >= 0) {
                clear(files, SegmentDescriptor.file(directory, end.segmentIndex()), end.position());
            }
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be written to: check the disk", e);
        }
        return new ReplayResult(
                LogEnd.CLEAN,
                end.fromSequence(),
                end.lastSequence(),
                end.frames(),
                end.records(),
                end.segmentIndex(),
                end.position(),
                List.of());
    }

    /**
     * Makes the frames after an operation zero, and deletes the segments after them. The last ones go first, each on
     * disk: a process that is stopped meanwhile leaves a log that ends earlier, with a torn tail.
     *
     * @param log          that nobody has open, without a torn tail.
     * @param lastSequence the last operation that is kept, which ends a frame.
     * @return what a replay from the operation after it on would say now.
     * @throws IllegalStateException if a frame goes on after the operation.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static ReplayResult cutAfter(final LogFiles log, final long lastSequence) {
        final FileAccess files = log.files();
        final Path directory = log.directory();
        final ReplayResult kept =
                LogReader.replay(log, lastSequence + 1, lastSequence, (buffer, offset, length, sequence) -> {});
        if (kept.lastSequence() != lastSequence) {
            throw new DirectoryDamagedException(
                    "log=" + directory + " lastSequence=" + kept.lastSequence() + ", expected " + lastSequence
                            + " at the end of a frame; restore the directory from a backup",
                    directory);
        }
        try {
            // What another has deleted, who was stopped then.
            files.forceDirectory(directory);
            final List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            for (int i = segments.size() - 1; i >= 0; i--) {
                if (SegmentDescriptor.segmentIndex(segments.get(i)) > kept.segmentIndex()) {
                    files.delete(segments.get(i));
                    files.forceDirectory(directory);
                }
            }
            clearFrames(files, SegmentDescriptor.file(directory, kept.segmentIndex()), kept.position());
            return kept;
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be written to: check the disk", e);
        }
    }

    /** What is left behind a frame that was made none is a torn end, which a stopped opening leaves to the next one. */
    private static void clearFrames(final FileAccess files, final Path file, final long from) throws IOException {
        try (DataFile segment = files.openForWrite(file);
                SegmentReader reader = new SegmentReader()) {
            reader.wrap(segment);
            final LongArrayList starts = new LongArrayList();
            for (long end = from; reader.frameEnd(end) >= 0; end = reader.frameEnd(end)) {
                starts.addLong(end);
            }
            for (int i = starts.size() - 1; i > 0; i--) {
                segment.writeAll(noFrame(), starts.getLong(i));
                segment.force();
            }
        }
        clear(files, file, from);
    }

    /**
     * Waits until all segments of a log are on disk that a process has left, and their names. Where that could not
     * force something, the operating system may have dropped it, and read it from memory still: to force it again
     * writes nothing. So what may not have been forced is written over itself first. That can stand in the last two
     * segments that are used: a log begins another one only when all before the one that it leaves are forced.
     *
     * @param log that nobody has open.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void force(final LogFiles log) {
        final FileAccess files = log.files();
        final Path directory = log.directory();
        try {
            final List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            final int usedCount = usedCount(files, segments);
            for (int i = 0; i < segments.size(); i++) {
                try (DataFile segment = files.openForWrite(segments.get(i))) {
                    if (i < usedCount && i >= usedCount - MAX_UNFORCED) {
                        writeAgain(segment);
                    }
                    segment.force();
                }
            }
            // A segment that was deleted, and whose name was not forced then, would come back behind what is appended.
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be forced: check the disk", e);
        }
    }

    /** How many segments there are, without those at the end that were prepared, and not used yet. */
    private static int usedCount(final FileAccess files, final List<Path> segments) throws IOException {
        try (SegmentReader reader = new SegmentReader()) {
            for (int count = segments.size(); count > 0; count--) {
                try (DataFile segment = files.openForRead(segments.get(count - 1))) {
                    reader.wrap(segment, SegmentDescriptor.HEADER_LENGTH);
                    if (!reader.isHeaderZero()) {
                        return count;
                    }
                }
            }
        }
        return 0;
    }

    /** Writes what stands there already: a process that is stopped meanwhile changes nothing. */
    private static void writeAgain(final DataFile segment) throws IOException {
        final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
        final ByteBuffer zeros = ByteBuffer.allocate(PIECE_LENGTH);
        boolean isUsed = true;
        try {
            for (long position = 0; segment.read(piece.clear(), position) > 0; position += piece.limit()) {
                final boolean wasUsed = isUsed;
                isUsed = piece.flip().mismatch(zeros.clear().limit(piece.limit())) >= 0;
                // A segment was on disk as zeros before it was used, but for where an end was cut off, behind a frame.
                if (isUsed || wasUsed) {
                    segment.writeAll(piece, position);
                }
            }
        } finally {
            BufferUtil.free(piece);
        }
    }

    /**
     * Until all else is zero on disk a word stands there that no frame begins with: where a force fails, and the zeros
     * are in memory alone, the next opening finds it, and cuts again.
     */
    private static void clear(final FileAccess files, final Path file, final long from) throws IOException {
        try (DataFile segment = files.openForWrite(file)) {
            final long to = segmentLength(segment);
            final long rest = Math.min(from + FrameDescriptor.ALIGNMENT, to);
            segment.writeAll(noFrame().limit((int) (rest - from)), from);
            Zeros.write(segment, rest, to);
            segment.force();
            Zeros.write(segment, from, rest);
            segment.force();
        }
    }

    private static ByteBuffer noFrame() {
        return ByteBuffer.allocate(FrameDescriptor.ALIGNMENT).putLong(0, FrameDescriptor.NO_FRAME);
    }

    /** What the header says, so that a file that was cut gets that length again; where it says nothing, as it is. */
    private static long segmentLength(final DataFile segment) throws IOException {
        try (SegmentReader reader = new SegmentReader()) {
            reader.wrap(segment);
            final int offset = reader.offset(0, SegmentDescriptor.HEADER_LENGTH);
            final long length =
                    offset < 0 ? 0 : reader.buffer().getLong(offset + SegmentDescriptor.SEGMENT_LENGTH_OFFSET);
            return SegmentDescriptor.isSegmentLength(length) ? length : reader.size();
        }
    }
}
