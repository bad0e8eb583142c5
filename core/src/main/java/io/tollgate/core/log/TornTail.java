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
 * Handles the torn tail of a log that was not closed: a partly written append, or the first frames of an append of
 * several frames. These operations were never acknowledged.
 */
public final class TornTail {
    /** The most segments that a process may leave without a force: the one that it left, and the current one. */
    private static final int MAX_UNFORCED = 2;

    private static final int PIECE_LENGTH = 1 << 17;

    private TornTail() {}

    /**
     * Returns true if only the end of a log is damaged.
     *
     * @param end the result of a replay of the whole log.
     * @return true also if the log is undamaged.
     */
    public static boolean isAllDamage(final ReplayResult end) {
        return end.end() == LogEnd.CLEAN && end.damages().isEmpty()
                || end.end() == LogEnd.TORN_TAIL && end.damages().size() == 1;
    }

    /**
     * Fills the bytes after the last whole frame with zeros, and deletes the segments after it. The changes are on disk
     * when this returns.
     *
     * @param log the log; no process has it open.
     * @param end the result of a replay of the whole log; see {@link #isAllDamage}.
     * @return the result that a replay would have now.
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
     * Fills the frames after an operation with zeros, and deletes the later segments. The last frames and segments go
     * first, each on disk before the next. If the process is stopped meanwhile, the log ends earlier with a torn tail.
     *
     * @param log          the log, without a torn tail; no process has it open.
     * @param lastSequence the last operation to keep; it is the last one of its frame.
     * @return the result that a replay after this operation would have now.
     * @throws IllegalStateException if the frame of the operation continues after it.
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
            // An earlier call that was stopped may have deleted segments without forcing the directory.
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

    /** The last frames are invalidated first. If an opening is stopped meanwhile, the next one finds a torn tail. */
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
     * Forces all segments of a log, and their names, after a process has ended. If an earlier force failed, the
     * operating system may have dropped the pages but still read them from memory, and another force writes nothing.
     * Therefore pages that may be unforced are rewritten first. Only the last two used segments can hold such pages: a
     * log begins a segment only after all segments before the current one are forced.
     *
     * @param log the log; no process has it open.
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
            // A deleted segment whose directory entry was not forced could reappear after the new records.
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be forced: check the disk", e);
        }
    }

    /** Returns the number of used segments; prepared segments at the end are not counted. */
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

    /** Rewrites the existing bytes of a segment. Stopping in between changes no bytes. */
    private static void writeAgain(final DataFile segment) throws IOException {
        final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
        final ByteBuffer zeros = ByteBuffer.allocate(PIECE_LENGTH);
        boolean isUsed = true;
        try {
            for (long position = 0; segment.read(piece.clear(), position) > 0; position += piece.limit()) {
                final boolean wasUsed = isUsed;
                isUsed = piece.flip().mismatch(zeros.clear().limit(piece.limit())) >= 0;
                // A segment was on disk as zeros before it was used. Only a removed torn tail, directly after a used
                // piece, may have been written since.
                if (isUsed || wasUsed) {
                    segment.writeAll(piece, position);
                }
            }
        } finally {
            BufferUtil.free(piece);
        }
    }

    /**
     * Writes an invalid frame word first, and clears it only after the zeros are on disk. If a force fails and the
     * zeros are only in memory, the next opening finds the word and cuts again.
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

    /**
     * Returns the length in the header, so that a truncated file regains its length; the file size if the header has
     * none.
     */
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
