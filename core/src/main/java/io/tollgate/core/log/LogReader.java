package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replays the records of the operation log in the order of their sequences.
 *
 * <p>Every byte is either part of a header or frame with a valid checksum, or zero after the last frame of its segment,
 * or reported as damage. Damage ends the replay only if records are lost. A segment that continues the sequence is
 * read, for example one that was begun after a torn tail.
 *
 * <p>Files are read, not mapped, so a failing disk causes an exception. A replay runs on the thread of the caller. The
 * end that it finds is the end of the log only if no one appends meanwhile. Appends are harmless for a survey, or for a
 * replay that ends at a sequence already appended.
 */
public final class LogReader {
    private static final long ANY_SEQUENCE = 0;

    private final LogFiles log;
    private final long fromSequence;
    private final long toSequence;
    private final boolean acceptsLosses;
    private final OperationHandler handler;
    private final SegmentReader reader = new SegmentReader();
    private final Deque<LogDamage> damages = new ArrayDeque<>();
    /** The sequence that the next frame must start with; ANY_SEQUENCE before the first header or frame. */
    private long expectedSequence = ANY_SEQUENCE;
    /** The sequence of the next record for the handler. */
    private long deliverySequence;
    /** True if damage was found after the last valid header or frame. */
    private boolean isBroken;

    private boolean isGap;
    private long frames;
    private long records;
    private long endSegmentIndex = -1;
    private long endPosition;

    private LogReader(
            final LogFiles log,
            final long fromSequence,
            final long toSequence,
            final boolean acceptsLosses,
            final OperationHandler handler) {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("fromSequence=" + fromSequence + ", expected at least 1");
        }
        this.log = log;
        this.fromSequence = fromSequence;
        this.toSequence = toSequence;
        this.acceptsLosses = acceptsLosses;
        this.handler = handler;
        this.deliverySequence = fromSequence;
    }

    /**
     * Replays a log, beginning with an operation. Segments that hold only earlier operations are not read.
     *
     * @param log          to read.
     * @param fromSequence the first sequence that the handler gets, at least 1.
     * @param handler      of the records; an exception from it ends the replay.
     * @return the findings, and the end of the log.
     * @throws IllegalArgumentException if the sequence is below 1.
     * @throws IllegalStateException    if a segment, frame or record has an unknown version or type, or a segment
     *     belongs to another data directory.
     * @throws UncheckedIOException     if the disk refuses.
     */
    public static ReplayResult replay(final LogFiles log, final long fromSequence, final OperationHandler handler) {
        return replay(log, fromSequence, Long.MAX_VALUE, handler);
    }

    /**
     * Replays a range of a log; another thread or process may append after it.
     *
     * @param log          to read.
     * @param fromSequence the first sequence that the handler gets, at least 1.
     * @param toSequence   the last sequence. If the log is being appended to, it must have been appended before the
     *     call. Frames after it are not read.
     * @param handler      of the records; an exception from it ends the replay.
     * @return the findings; the range is incomplete if the last sequence found is less than {@code toSequence}.
     * @throws IllegalArgumentException if the first sequence is below 1.
     * @throws IllegalStateException    if a segment, frame or record has an unknown version or type, or a segment
     *     belongs to another data directory.
     * @throws UncheckedIOException     if the disk refuses.
     */
    public static ReplayResult replay(
            final LogFiles log, final long fromSequence, final long toSequence, final OperationHandler handler) {
        return new LogReader(log, fromSequence, toSequence, false, handler).read();
    }

    /**
     * Reads a log, beginning with an operation, and reads on after gaps. Gaps are reported. A segment of another data
     * directory is reported and skipped.
     *
     * @param log          to read.
     * @param fromSequence the first sequence that the handler gets, at least 1.
     * @param handler      of the records; an exception from it ends the survey.
     * @return the findings, and the end of the log; never {@link LogEnd#GAP}.
     * @throws IllegalStateException if a segment, frame or record has an unknown version or type.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static ReplayResult survey(final LogFiles log, final long fromSequence, final OperationHandler handler) {
        return new LogReader(log, fromSequence, Long.MAX_VALUE, true, handler).read();
    }

    private ReplayResult read() {
        try (reader) {
            final List<Path> found = SegmentDescriptor.segmentsIn(log.files(), log.directory());
            final int start = reader.startOf(log, found, fromSequence);
            for (int i = start; i < found.size() && !isEnough(); i++) {
                try (DataFile segment = log.files().openForRead(found.get(i))) {
                    reader.wrap(segment);
                    readSegment(found.get(i), SegmentDescriptor.segmentIndex(found.get(i)));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + log.directory() + " cannot be read: check the disk", e);
        }
        final LogEnd end = isGap ? LogEnd.GAP : isBroken ? LogEnd.TORN_TAIL : LogEnd.CLEAN;
        final long lastSequence = (expectedSequence == ANY_SEQUENCE ? fromSequence : expectedSequence) - 1;
        return new ReplayResult(
                end, fromSequence, lastSequence, frames, records, endSegmentIndex, endPosition, List.copyOf(damages));
    }

    /** Returns true at a gap, and after the last requested sequence. */
    private boolean isEnough() {
        return isGap || expectedSequence > toSequence;
    }

    private void readSegment(final Path file, final long segmentIndex) throws IOException {
        if (isOfAnotherDirectory(file, segmentIndex)) {
            return;
        }
        final long wantedSize = readHeader(file, segmentIndex);
        long position = SegmentDescriptor.HEADER_LENGTH;
        long framesEnd = reader.isHeaderZero() ? 0 : position;
        while (!isEnough() && position < Math.min(reader.size(), wantedSize)) {
            final FrameState state = reader.nextAt(position, framesEnd, expectedSequence);
            if (state == FrameState.VALID) {
                if (position > framesEnd && !isBroken) {
                    damage(file, framesEnd, "zero bytes before a frame", "a frame or only zero bytes");
                }
                if (continueAt(file, segmentIndex, position, reader.frameSequence(position))) {
                    position += readFrame(file, position);
                    framesEnd = position;
                    endPosition = position;
                }
            } else {
                if (state != FrameState.ZERO && !isBroken) {
                    final String wanted = SegmentReader.wantedAt(position, framesEnd, expectedSequence);
                    damage(file, position, reader.textOf(state, position), wanted);
                }
                if (state == FrameState.MISPLACED) {
                    damages.add(damages.removeLast().soundFrom(file, position));
                }
                position = reader.endOf(state, position, expectedSequence);
            }
        }
        final long size = reader.fileSize();
        if (!isEnough() && (size > wantedSize || size < wantedSize && !isBroken)) {
            final boolean isTorn = isBroken || size < wantedSize;
            damage(file, Math.min(size, wantedSize), "size=" + size, "size=" + wantedSize);
            // Extra bytes after the end of a segment are not a torn tail.
            isBroken = isTorn;
        }
    }

    /** Returns true for a segment of another directory if this is a survey; a replay refuses the segment. */
    private boolean isOfAnotherDirectory(final Path file, final long segmentIndex) throws IOException {
        final OptionalLong found = reader.directoryId(segmentIndex);
        if (found.isEmpty() || found.getAsLong() == log.directoryId()) {
            return false;
        }
        if (!acceptsLosses) {
            throw LogFiles.refusal(file, found.getAsLong(), log.directoryId());
        }
        damage(file, 0, LogFiles.text(found.getAsLong()), LogFiles.text(log.directoryId()));
        damages.add(damages.removeLast().soundFrom(file, 0));
        return true;
    }

    /** Reads the header. Returns the expected file size, or the actual size if the header is missing or damaged. */
    private long readHeader(final Path file, final long segmentIndex) throws IOException {
        if (reader.isHeaderZero()) {
            if (!SegmentDescriptor.isSegmentLength(reader.fileSize())) {
                damage(file, reader.size(), "size=" + reader.fileSize(), "the size of a segment: a power of two");
            }
            return reader.fileSize();
        }
        final String fault = reader.headerFault(segmentIndex);
        if (!fault.isEmpty()) {
            damage(file, 0, fault, "a header of segmentIndex=" + segmentIndex + " with a right crc32c");
            return reader.fileSize();
        }
        final int offset = reader.offset(0, SegmentDescriptor.HEADER_LENGTH);
        final int version = reader.buffer().getInt(offset + SegmentDescriptor.VERSION_OFFSET);
        KnownVersions.require(file, 0, "segmentVersion", version, SegmentDescriptor.VERSION);
        final long firstSequence = reader.headerLong(SegmentDescriptor.FIRST_SEQUENCE_OFFSET);
        if (firstSequence < expectedSequence) {
            damage(file, 0, "firstSequence=" + firstSequence, "firstSequence=" + expectedSequence);
        } else if (continueAt(file, segmentIndex, 0, firstSequence)) {
            endPosition = SegmentDescriptor.HEADER_LENGTH;
        }
        return reader.headerLong(SegmentDescriptor.SEGMENT_LENGTH_OFFSET);
    }

    /** Continues at a valid header or frame, unless requested records before it are missing. */
    private boolean continueAt(
            final Path file, final long segmentIndex, final long position, final long firstSequence) {
        final long wanted = expectedSequence == ANY_SEQUENCE ? fromSequence : expectedSequence;
        if (firstSequence > wanted && !isBroken) {
            damage(file, position, "firstSequence=" + firstSequence, "firstSequence=" + wanted);
        }
        if (isBroken) {
            damages.add(damages.removeLast().soundFrom(file, position));
        }
        if (firstSequence > wanted) {
            damages.add(damages.removeLast().lacking(wanted, firstSequence - 1));
            isGap = firstSequence > deliverySequence && !acceptsLosses;
        }
        if (!isGap) {
            isBroken = false;
            expectedSequence = firstSequence;
            endSegmentIndex = segmentIndex;
        }
        return !isGap;
    }

    /** Passes the records of a valid frame to the handler, and returns the length of the frame. */
    private int readFrame(final Path file, final long position) throws IOException {
        final UnsafeBuffer buffer = reader.buffer();
        final int header = reader.offset(position, FrameDescriptor.HEADER_LENGTH);
        final int frameLength = buffer.getInt(header + FrameDescriptor.LENGTH_OFFSET);
        final int offset = reader.offset(position, frameLength);
        final int version = buffer.getInt(offset + FrameDescriptor.VERSION_OFFSET);
        KnownVersions.require(file, position, "frameVersion", version, FrameDescriptor.VERSION);
        KnownVersions.requireRecords(file, position, buffer, offset, frameLength);
        int recordOffset = offset + FrameDescriptor.HEADER_LENGTH;
        long sequence = expectedSequence;
        while (recordOffset < offset + frameLength) {
            final int recordLength = OperationDescriptor.length(buffer, recordOffset);
            final long lastSequence = LossOperation.lastSequence(buffer, recordOffset, sequence);
            if (lastSequence >= deliverySequence && sequence <= toSequence) {
                // If a loss begins before the requested range, only the part in the range is delivered.
                handler.onOperation(buffer, recordOffset, recordLength, Math.max(sequence, deliverySequence));
                deliverySequence = lastSequence + 1;
                records++;
            }
            sequence = lastSequence + 1;
            recordOffset += recordLength;
        }
        frames++;
        expectedSequence = sequence;
        return frameLength;
    }

    private void damage(final Path file, final long position, final String found, final String wanted) {
        isBroken = true;
        damages.add(new LogDamage(file, position, Math.max(position, reader.size()), found, wanted, 0, -1));
    }
}
