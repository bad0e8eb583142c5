package io.tollgate.core.log;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing end of the operation log.
 *
 * <p>Appended records survive the death of the process at once, and the death of the machine once {@link #force()} has
 * returned. An error of the disk on a force of records is fatal: what is on disk is then unknown, so every later call
 * throws with that cause, and a replay has to tell.
 *
 * <p>Threads: one writer calls {@link #append}, {@link #force} and {@link #close}. A background agent calls
 * {@link #needsSegment}, {@link #prepareNext}, {@link #holdsLeftSegment} and {@link #forceLeft}, so that the writer
 * finds its next segment ready and does not wait for the disk when it leaves one; where the agent comes too late, or
 * there is none, the writer does its work. {@link #stalls} and {@link #isFailed} may be read by any thread.
 *
 * <p>Space on disk: the segments with records, and one prepared ahead, or as many as {@link #hasSpace} was asked for.
 * Memory: one buffer of the longest frame.
 */
public final class OperationLog implements AutoCloseable {
    /** Bytes that a frame takes in addition to its records. */
    public static final int FRAME_OVERHEAD = FrameDescriptor.HEADER_LENGTH;

    private final Path directory;
    private final FrameWriter frame = new FrameWriter();
    private final SegmentSupply supply;
    private final Object leftLock = new Object();
    private Segment current;
    private int position;
    private long nextSequence;
    private volatile Segment left;

    /** Whether somebody waits until the segment that was left is forced, which then is done without rests. */
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
     * @param log           that nobody else writes to; its directory exists.
     * @param segmentLength the longest length of new segments in bytes, a power of two from 4096 to 2^30. The first
     *     segments are shorter, each twice as long as the one before.
     * @param end           the result of a replay; nothing was appended since.
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
     * @param records buffer that holds the records, one behind the other.
     * @param offset of the first record in the buffer, in bytes.
     * @param length of all records in bytes, at most {@link #maxAppendLength()}.
     * @param count of the records, at least 1.
     * @return the sequence of the first record; the others have the ones behind it.
     * @throws IllegalArgumentException if these are not {@code count} records of known types; nothing was appended.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if there is no room for a next segment: nothing was appended, and the append may be
     *     tried again.
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
     * Appends that operations are lost, and that the loss is accepted: the next record has the sequence behind them.
     *
     * @param lastSequence the last operation that is lost; the first one is {@link #nextSequence()}.
     * @throws IllegalArgumentException if that is before the next sequence, or none that an operation can have.
     * @throws IllegalStateException if the log is closed, or failed before.
     * @throws UncheckedIOException if there is no room for a next segment: nothing was appended.
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

    /** {@return which data directory this log is of} */
    public long directoryId() {
        return supply.directoryId();
    }

    private void roll() {
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
    }

    private void start(final Segment segment) {
        current = segment;
        current.start(nextSequence);
        position = SegmentDescriptor.HEADER_LENGTH;
    }

    /**
     * The most bytes of records one append takes.
     *
     * @return bytes: what fits into a segment, at most a little less than 1 MiB.
     */
    public int maxAppendLength() {
        return Math.min(FrameDescriptor.MAX_LENGTH, supply.firstLength() - SegmentDescriptor.HEADER_LENGTH)
                - FrameDescriptor.HEADER_LENGTH;
    }

    /**
     * The sequence the next record appended will have. For the writer.
     *
     * @return the sequence, at least 1.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Waits until everything appended is on disk, the segments left before included. For the writer.
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
     * Waits until everything is on disk that was appended when this was called. For any thread beside the writer, one
     * after the other: what the writer appends meanwhile may be on disk too, or not. It waits here where it goes on to
     * another segment.
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
     * Whether the next appends find room: in the current segment, or in such as are prepared or can be prepared now. A
     * disk that was full is tried again after a while. For the writer.
     *
     * @param length of the frames to be appended first in bytes, less than a segment.
     * @param longCount how many are appended behind them that are longer, up to {@link #maxAppendLength()}.
     * @return false where the disk is full, or refuses to make a segment.
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
     * Whether one segment has room for frames, whatever is in the current one.
     *
     * @param length of the frames in bytes.
     * @return false where it would take two.
     */
    public boolean isWithinSegment(final int length) {
        return length <= leastLength() - SegmentDescriptor.HEADER_LENGTH;
    }

    /** The segments to come are at least as long as this. */
    private int leastLength() {
        return Math.max(supply.firstLength(), Math.min(current.length(), supply.maxLength()));
    }

    /** {@return whether the writer has no segment to go on to, which {@link #prepareNext} makes; any thread} */
    public boolean needsSegment() {
        return supply.isEmpty() && failure == null && !closed;
    }

    /**
     * Prepares the segment the writer will go on to, where there is none yet. For the background agent; it takes as
     * long as the disk needs to write a segment.
     *
     * @param isBeside whether the writer has another thread, which may want the processor meanwhile.
     * @throws UncheckedIOException if the disk refuses or is full; the log goes on, and this may be tried again.
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

    /** {@return whether the writer has left a segment that {@link #forceLeft} is to force; any thread} */
    public boolean holdsLeftSegment() {
        return left != null && failure == null && !closed;
    }

    /**
     * Forces the segment the writer has left, and closes it. For the background agent.
     *
     * @param isBeside whether the writer has another thread, which may want the processor meanwhile.
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

    /** {@return bytes of the segments that were begun since the log was opened; any thread} */
    public long begunBytes() {
        return supply.takenBytes();
    }

    /** {@return how often the writer had to prepare its next segment itself, or to wait for it; any thread} */
    public long stalls() {
        return supply.stalls();
    }

    /** {@return whether a force has failed, which is for good: nothing can be appended any more; any thread} */
    public boolean isFailed() {
        return failure != null;
    }

    /**
     * Fails for good, as on a force of its own: what belongs to the log could not be forced. For any thread.
     *
     * @param cause why.
     */
    public void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Fails for good whatever is thrown: a disk says once that it refuses, and memory may be wanting to say so. */
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
     * Does nothing where the log can be appended to. For any thread.
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
     * Closes the files. Nothing is forced: call {@link #force} before where the disk is to have it all. Closing again
     * does nothing. For the writer.
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
