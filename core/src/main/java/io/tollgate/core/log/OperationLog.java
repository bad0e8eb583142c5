package io.tollgate.core.log;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.event.SegmentChangeEvent;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records to the operation log.
 *
 * <p>Appended records survive a crash of the process immediately, and a crash of the machine once {@link #force()} has
 * returned. A failed force is fatal because the state on disk is then unknown. All later calls throw with that failure
 * as their cause, and the log must be replayed.
 *
 * <p>Threads: one writer calls {@link #append}, {@link #force} and {@link #close}. A background agent calls {@link
 * #needsSegment}, {@link #prepareNext}, {@link #holdsLeftSegment} and {@link #forceLeft}. With the agent, the writer
 * finds its next segment ready and does not wait for the disk when it changes segments. If the agent is late or absent,
 * the writer does this work itself. Any thread may read {@link #stalls} and {@link #isFailed}.
 *
 * <p>Space on disk: the segments with records and one prepared segment, or as many as were passed to {@link #hasSpace}.
 * Memory: one buffer of the longest frame.
 */
public final class OperationLog implements AutoCloseable {
    /** Bytes of a frame in addition to its records. */
    public static final int FRAME_OVERHEAD = FrameDescriptor.HEADER_LENGTH;

    private final Path directory;
    private final FrameWriter frame = new FrameWriter();
    private final SegmentSupply supply;
    private final SegmentChangeEvent changeEvent = EngineEvents.segmentChange();
    private final Object leftLock = new Object();
    private Segment current;
    private int position;
    private long nextSequence;
    private volatile Segment left;

    /** True if a thread waits until the left segment is forced; the force then does not pause. */
    private volatile boolean isLeftAwaited;

    private volatile Throwable failure;
    private volatile boolean closed;

    private OperationLog(
            final Path directory, final SegmentSupply supply, final Segment current, final ReplayResult end) {
        this.directory = directory;
        this.supply = supply;
        this.current = current;
        this.position = (int) end.position();
        this.nextSequence = end.nextSequence();
    }

    /**
     * Opens a log for appending after the end that a replay found. After a clean end the last segment is continued;
     * after any other end a new segment begins, and the bytes in the old ones stay.
     *
     * @param log           the log, without another writer; its directory exists.
     * @param segmentLength the longest length of new segments in bytes, a power of two from 4096 to 2^30. The first
     *     segments are shorter: each is twice as long as the one before.
     * @param end           the result of a replay; no record may have been appended since.
     * @return the log.
     * @throws IllegalArgumentException if the segment length is out of range.
     * @throws IllegalStateException    if the end is a gap, or is not the end of the log.
     * @throws UncheckedIOException     if the disk refuses.
     */
    public static OperationLog open(final LogFiles log, final int segmentLength, final ReplayResult end) {
        if (!SegmentDescriptor.isSegmentLength(segmentLength)) {
            throw new IllegalArgumentException("segmentLength=" + segmentLength + ", expected a power of two from "
                    + SegmentDescriptor.MIN_SEGMENT_LENGTH + " to " + SegmentDescriptor.MAX_SEGMENT_LENGTH
                    + ": choose one of them");
        }
        final Path directory = log.directory();
        if (end.end() == LogEnd.GAP) {
            throw new DirectoryDamagedException(
                    "log=" + directory + " has a gap before sequence=" + end.resumeSequence()
                            + ", expected its end: restore the segment, or replay from that sequence to accept the"
                            + " loss",
                    directory);
        }
        try {
            final long lastIndex = LogContinuation.deleteUnused(log.files(), directory, end);
            final SegmentSupply supply = new SegmentSupply(log, segmentLength, lastIndex + 1);
            if (LogContinuation.isPossible(directory, end)) {
                final Segment last = LogContinuation.reopen(log, end);
                supply.follow(last.length());
                return new OperationLog(directory, supply, last, end);
            }
            supply.prepare();
            final OperationLog opened = new OperationLog(directory, supply, supply.take(), end);
            opened.start(opened.current);
            return opened;
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "log=" + directory + " cannot be opened for appending: check the disk and its free space", e);
        }
    }

    /**
     * Appends records as one frame: a replay finds all of them or none.
     *
     * @param records buffer of the records, without space between them.
     * @param offset of the first record in the buffer, in bytes.
     * @param length of all records in bytes, at most {@link #maxAppendLength()}.
     * @param count of the records, at least 1.
     * @return the sequence of the first record; the sequences of the other records follow it.
     * @throws IllegalArgumentException if the bytes are not {@code count} records of known types. No record was
     *     appended.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if there is no room for the next segment. No record was appended, and the append may
     *     be retried.
     */
    public long append(final DirectBuffer records, final int offset, final int length, final int count) {
        requireUsable();
        FrameWriter.requireRecords(records, offset, length, count, maxAppendLength());
        final int frameLength = FrameDescriptor.HEADER_LENGTH + length;
        if (frameLength > current.length() - position) {
            roll();
        }
        final long firstSequence = nextSequence;
        current.put(position, frame.stage(records, offset, length, count, firstSequence), frameLength);
        position += frameLength;
        nextSequence = firstSequence + count;
        return firstSequence;
    }

    /**
     * Appends an accepted loss of operations. The next record gets the sequence after the lost range.
     *
     * @param lastSequence the last lost operation; the first one is {@link #nextSequence()}.
     * @throws IllegalArgumentException if that is less than the next sequence, or not a valid sequence.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if there is no room for the next segment. No record was appended.
     */
    public void appendLoss(final long lastSequence) {
        if (lastSequence < nextSequence || lastSequence > OperationDescriptor.MAX_SEQUENCE) {
            throw new IllegalArgumentException("lastSequence=" + lastSequence + ", expected " + nextSequence + " to "
                    + OperationDescriptor.MAX_SEQUENCE);
        }
        final UnsafeBuffer loss = new UnsafeBuffer(new byte[LossOperation.LENGTH]);
        LossOperation.put(loss, 0, lastSequence);
        append(loss, 0, LossOperation.LENGTH, 1);
        nextSequence = lastSequence + 1;
    }

    /** {@return the identity of the data directory of this log} */
    public long directoryId() {
        return supply.directoryId();
    }

    private void roll() {
        final boolean isRecorded = changeEvent != null && changeEvent.tryBegin();
        final long stallsBefore = supply.stalls();
        forceLeft(false);
        final Segment next;
        try {
            next = supply.take();
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "log=" + directory + " has no next segment: free space on the disk, then append again", e);
        }
        synchronized (leftLock) {
            left = current;
            start(next);
        }
        if (isRecorded) {
            changeEvent.end(nextSequence, next.length(), supply.stalls() > stallsBefore);
        }
    }

    private void start(final Segment segment) {
        current = segment;
        current.start(nextSequence);
        position = SegmentDescriptor.HEADER_LENGTH;
    }

    /**
     * Returns the largest number of record bytes for one append.
     *
     * @return bytes that fit into a segment, slightly less than 256 KiB at most.
     */
    public int maxAppendLength() {
        return Math.min(FrameDescriptor.MAX_LENGTH, supply.firstLength() - SegmentDescriptor.HEADER_LENGTH)
                - FrameDescriptor.HEADER_LENGTH;
    }

    /**
     * Returns the sequence of the next record to be appended. For the writer.
     *
     * @return the sequence, at least 1.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Waits until all appended records are on disk, including earlier segments. For the writer.
     *
     * @return the last sequence that is on disk.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if the disk refuses; the log has failed for good.
     */
    public long force() {
        forceAppended();
        return nextSequence - 1;
    }

    /**
     * Waits until all records appended before the call are on disk. Any thread may call it, one at a time; records that
     * the writer appends meanwhile may be on disk or not. The writer waits for this call if it must change to the next
     * segment.
     *
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if the disk refuses; the log has failed for good.
     */
    public void forceAppended() {
        isLeftAwaited = true;
        synchronized (leftLock) {
            forceLeft(false);
            forceOrFail(current);
        }
    }

    /**
     * Returns true if the next appends have room: in the current segment, or in segments that are prepared or can be
     * prepared now. A full disk is retried after a delay. For the writer.
     *
     * @param length of the first frames to append in bytes, less than a segment.
     * @param longCount number of longer frames to append after them, each up to {@link #maxAppendLength()}.
     * @return false if the disk is full, or a segment cannot be created.
     */
    public boolean hasSpace(final int length, final int longCount) {
        final int room = current.length() - position;
        if (longCount == 0) {
            return length <= room || supply.has(1);
        }
        final int longLength = FRAME_OVERHEAD + maxAppendLength();
        final int countInCurrent = Math.max(0, room - length) / longLength;
        final int countInSegment = (leastLength() - SegmentDescriptor.HEADER_LENGTH) / longLength;
        final int segments = (longCount - countInCurrent + countInSegment - 1) / countInSegment;
        return supply.has(Math.max(0, segments) + (length > room ? 1 : 0));
    }

    /**
     * Returns true if one empty segment has room for frames.
     *
     * @param length of the frames in bytes.
     * @return false if two segments would be needed.
     */
    public boolean isWithinSegment(final int length) {
        return length <= leastLength() - SegmentDescriptor.HEADER_LENGTH;
    }

    /** Returns the minimum length of later segments. */
    private int leastLength() {
        return Math.max(supply.firstLength(), Math.min(current.length(), supply.maxLength()));
    }

    /** {@return true if there is no prepared segment, so that {@link #prepareNext} must make one; any thread} */
    public boolean needsSegment() {
        return supply.isEmpty() && failure == null && !closed;
    }

    /**
     * Prepares the next segment for the writer if there is none yet. For the background agent; it takes as long as the
     * disk needs to write a segment.
     *
     * @param isBeside true if the writer has another thread that may need the processor meanwhile.
     * @throws UncheckedIOException if the disk fails or is full. The log continues, and the call may be retried.
     */
    public void prepareNext(final boolean isBeside) {
        try {
            if (isBeside) {
                supply.prepareNext();
            } else {
                supply.prepare();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "log=" + directory + " cannot prepare its next segment: check the disk and its free space", e);
        }
    }

    /** {@return true if the writer has left a segment that {@link #forceLeft} must force; any thread} */
    public boolean holdsLeftSegment() {
        return left != null && failure == null && !closed;
    }

    /**
     * Forces the segment that the writer has left, and closes it. For the background agent.
     *
     * @param isBeside true if the writer has another thread that may need the processor meanwhile.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if the disk refuses; the log has failed for good.
     */
    public void forceLeft(final boolean isBeside) {
        requireUsable();
        if (left == null) {
            return;
        }
        isLeftAwaited = !isBeside;
        synchronized (leftLock) {
            requireUsable();
            if (left != null) {
                forceOrFail(left);
                left = null;
            }
        }
    }

    /** {@return the total length of the segments begun since the log was opened, in bytes; any thread} */
    public long begunBytes() {
        return supply.takenBytes();
    }

    /** {@return the number of times that the writer prepared its next segment itself, or waited for it; any thread} */
    public long stalls() {
        return supply.stalls();
    }

    /** {@return true if a force has failed: the log then accepts no more appends; any thread} */
    public boolean isFailed() {
        return failure != null;
    }

    /**
     * Fails the log permanently, as a failed force of the log itself does. For a force of files that belong to the log;
     * any thread.
     *
     * @param cause of the failure.
     */
    public void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Any exception or error of a force is permanent, because a disk may report a failure only once. */
    private void forceOrFail(final Segment segment) {
        try {
            if (segment == left) {
                segment.finish(() -> WritePacing.unless(isLeftAwaited));
            } else {
                segment.force();
            }
        } catch (final IOException e) {
            fail(e);
            throw new UncheckedIOException(
                    "log=" + directory + " could not be forced: check the disk, then open and replay the log again", e);
        } catch (final RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /**
     * Checks that the log can be appended to. For any thread.
     *
     * @throws IllegalStateException if the log is closed, or failed before, with the failure as cause.
     */
    public void requireUsable() {
        final Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException(
                    "log=" + directory + " has failed: check the disk, then open and replay the log again", cause);
        }
        if (closed) {
            throw new IllegalStateException("log=" + directory + " is closed: open it again");
        }
    }

    /**
     * Closes the files without a force: call {@link #force} first if all records must be on disk. Closing again has no
     * effect. For the writer.
     *
     * @throws UncheckedIOException if a file cannot be closed.
     */
    @Override
    public void close() {
        synchronized (leftLock) {
            final Segment leftSegment = left;
            final Segment currentSegment = current;
            try (frame;
                    supply;
                    leftSegment;
                    currentSegment) {
                closed = true;
            } catch (final IOException e) {
                throw new UncheckedIOException("log=" + directory + " could not be closed: check the disk", e);
            }
        }
    }
}
