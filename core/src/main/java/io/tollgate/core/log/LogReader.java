package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reading end of the operation log: replays the records in the order of their sequences.
 *
 * <p>Every byte is either part of a header or frame with a right checksum, or zero behind the frames of its segment, or
 * reported as damage. Damage ends the replay only where it costs records: a segment that continues the sequence, as one
 * does that was begun behind a torn tail, is read on.
 *
 * <p>A log of which the old segments were deleted is read from where it begins, see {@link LogBegin}: a survey from
 * there on, and a replay that wants what was before ends at that gap.
 *
 * <p>Files are read, never mapped: a disk that fails gives an exception. A replay runs on the caller's thread. What it
 * finds to be the end is that of the log only while nobody appends; up to a sequence that was appended before, or for a
 * survey of what was, somebody may.
 */
public final class LogReader {
    private static final long ANY_SEQUENCE = 0;

    private final FileAccess files;
    private final Path directory;
    private final long toSequence;
    private final OperationHandler handler;
    private final boolean acceptsLosses;
    private final SegmentReader reader = new SegmentReader();
    private final Deque<LogDamage> damages = new ArrayDeque<>();
    private long fromSequence;
    /** The sequence a frame has to start with; ANY_SEQUENCE until the first header or frame has told. */
    private long expectedSequence = ANY_SEQUENCE;
    /** The sequence the handler gets next. */
    private long deliverySequence;

    private long directoryId;
    private int shard = LogBegin.ANY_SHARD;
    /** Whether damage was met since the last valid header or frame. */
    private boolean isBroken;

    private boolean isGap;
    private long frames;
    private long records;
    private long endSegmentIndex = -1;
    private long endPosition;

    private boolean isBegun;
    private List<Path> segments = List.of();
    /** How many of them are read. */
    private int segmentCount;
    /** Where reading goes on in the next one, 0 if it has not begun. */
    private long position;

    private long framesEnd;
    private long wantedSize;
    /** How much may be read of frames until reading pauses. */
    private long restLength;

    LogReader(
            final FileAccess files,
            final Path directory,
            final long fromSequence,
            final long toSequence,
            final boolean acceptsLosses,
            final OperationHandler handler) {
        this.files = files;
        this.toSequence = toSequence;
        this.acceptsLosses = acceptsLosses;
        this.directory = directory;
        this.fromSequence = fromSequence;
        this.handler = handler;
        this.deliverySequence = fromSequence;
    }

    /**
     * Replays a log from a sequence on, as behind a checkpoint, or behind a gap that is accepted. Segments that hold
     * only earlier sequences are not read.
     *
     * @param files to reach the directory through.
     * @param directory of the log.
     * @param fromSequence the first sequence the handler gets, at least 1.
     * @param handler of the records; what it throws ends the replay.
     * @return what was found, and where the log ends.
     * @throws IllegalArgumentException if the sequence is below 1.
     * @throws IllegalStateException if a segment, frame or record is of a version or type this code does not know, or a
     *     segment or the file {@code begin} of another data directory.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ReplayResult replay(
            final FileAccess files, final Path directory, final long fromSequence, final OperationHandler handler) {
        return replay(files, directory, fromSequence, Long.MAX_VALUE, handler);
    }

    /**
     * Replays a stretch of a log, also while another thread or process appends behind it.
     *
     * @param files to reach the directory through.
     * @param directory of the log.
     * @param fromSequence the first sequence the handler gets, at least 1.
     * @param toSequence the last one; where the log is being appended to, one that was appended before this was called.
     *     Nothing behind its frame is read.
     * @param handler of the records; what it throws ends the replay.
     * @return what was found up to then: less than was asked for if its last sequence is before {@code toSequence}.
     * @throws IllegalArgumentException if the first sequence is below 1.
     * @throws IllegalStateException if a segment, frame or record is of a version or type this code does not know.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ReplayResult replay(
            final FileAccess files,
            final Path directory,
            final long fromSequence,
            final long toSequence,
            final OperationHandler handler) {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("fromSequence=" + fromSequence + ", expected at least 1");
        }
        return replay(new LogReader(files, directory, fromSequence, toSequence, false, handler));
    }

    /**
     * Reads all of a log: gaps are reported, and what follows them is read. What is of another data directory is
     * reported, and left out.
     *
     * @param files to reach the directory through.
     * @param directory of the log.
     * @param directoryId which data directory it is of, {@link DirectoryIdentity#UNKNOWN} as most of it says.
     * @param shard of which shard.
     * @param handler of the records; what it throws ends the survey.
     * @return what was found, and where the log ends; never {@link LogEnd#GAP}.
     * @throws IllegalStateException if a segment, frame or record is of a version or type this code does not know.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ReplayResult surveyOf(
            final FileAccess files,
            final Path directory,
            final long directoryId,
            final int shard,
            final OperationHandler handler) {
        final LogReader log = new LogReader(files, directory, 1, Long.MAX_VALUE, true, handler);
        log.directoryId = directoryId;
        log.shard = shard;
        return replay(log);
    }

    /**
     * The same from a sequence on, as most of it says. Segments that hold only earlier sequences are not read.
     *
     * @param files to reach the directory through.
     * @param directory of the log.
     * @param fromSequence the first sequence the handler gets, at least 1.
     * @param handler of the records; what it throws ends the survey.
     * @return what was found, and where the log ends; never {@link LogEnd#GAP}.
     * @throws IllegalStateException if a segment, frame or record is of a version or type this code does not know.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static ReplayResult survey(
            final FileAccess files, final Path directory, final long fromSequence, final OperationHandler handler) {
        return replay(new LogReader(files, directory, fromSequence, Long.MAX_VALUE, true, handler));
    }

    private static ReplayResult replay(final LogReader log) {
        log.readOn(Long.MAX_VALUE);
        return log.result();
    }

    /**
     * Reads on, to the frame with which some length is reached. Reading pauses behind a frame, and nowhere else: where
     * zero bytes were read, an engine may write meanwhile.
     *
     * @return whether there may be more; never where the length is {@link Long#MAX_VALUE}.
     */
    boolean readOn(final long length) {
        restLength = length;
        try (reader) {
            if (!isBegun) {
                isBegun = true;
                start();
            }
            return readSegments();
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be read: check the disk", e);
        }
    }

    /** Finds the segments that are to be read. */
    private void start() throws IOException {
        final LogBegin begin =
                acceptsLosses ? LogBegin.ofOwn(files, directory, directoryId, shard) : LogBegin.of(files, directory);
        begin(begin.firstSequence());
        final List<Path> found = SegmentDescriptor.segmentsIn(files, directory);
        segments = found.subList(reader.startOf(files, found, fromSequence, directoryId), found.size());
        if (directoryId == DirectoryIdentity.UNKNOWN) {
            directoryId = DirectoryIdentity.latestOfMost(files, segments);
        }
        if (!acceptsLosses && begin.isOfAnother(directoryId)) {
            throw DirectoryIdentity.refusal(LogBegin.file(directory), begin.directoryId(), directoryId);
        }
    }

    private boolean readSegments() throws IOException {
        for (; segmentCount < segments.size() && !isEnough(); segmentCount++) {
            final Path file = segments.get(segmentCount);
            try (DataFile segment = files.openForRead(file)) {
                reader.wrap(segment);
                if (!readSegment(file, SegmentDescriptor.segmentIndex(file))) {
                    return true;
                }
            }
            position = 0;
        }
        return false;
    }

    /** What was found, when all is read. */
    ReplayResult result() {
        final LogEnd end = isGap ? LogEnd.GAP : isBroken ? LogEnd.TORN_TAIL : LogEnd.CLEAN;
        final long lastSequence = (expectedSequence == ANY_SEQUENCE ? fromSequence : expectedSequence) - 1;
        return new ReplayResult(
                end, fromSequence, lastSequence, frames, records, endSegmentIndex, endPosition, List.copyOf(damages));
    }

    /** Goes to where the log begins, if that is later than what is wanted. */
    private void begin(final long begin) {
        if (begin <= fromSequence) {
            return;
        }
        if (acceptsLosses) {
            fromSequence = begin;
            deliverySequence = begin;
        } else {
            damage(
                    LogBegin.file(directory),
                    0,
                    "firstSequence=" + begin + ", as the segments before were deleted behind a checkpoint",
                    "firstSequence=" + fromSequence);
            damages.add(damages.removeLast().lacking(fromSequence, begin - 1));
            isGap = true;
        }
    }

    /** Whether nothing more is to be read: at a gap, and behind what was asked for. */
    private boolean isEnough() {
        return isGap || expectedSequence > toSequence;
    }

    /** Reads a segment from where reading has paused, and returns whether to its end. */
    private boolean readSegment(final Path file, final long segmentIndex) throws IOException {
        if (position == 0) {
            if (isOfAnotherDirectory(file, segmentIndex)) {
                return true;
            }
            wantedSize = readHeader(file, segmentIndex);
            position = SegmentDescriptor.HEADER_LENGTH;
            framesEnd = reader.isHeaderZero() ? 0 : position;
        }
        while (!isEnough() && position < Math.min(reader.size(), wantedSize)) {
            if (restLength <= 0 && position == framesEnd) {
                return false;
            }
            final FrameState state = reader.nextAt(position, framesEnd, expectedSequence);
            if (state == FrameState.VALID) {
                if (position > framesEnd && !isBroken) {
                    damage(file, framesEnd, "zero bytes before a frame", "a frame or nothing but zero bytes");
                }
                if (continueAt(file, segmentIndex, position, reader.frameSequence(position))) {
                    final int frameLength = readFrame(file, position);
                    restLength -= frameLength;
                    position += frameLength;
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
            // What lies behind a segment is no end of the log that was torn.
            isBroken = isTorn;
        }
        return true;
    }

    /** A survey leaves that out; a replay stops. */
    private boolean isOfAnotherDirectory(final Path file, final long segmentIndex) throws IOException {
        final long found = reader.directoryId(segmentIndex).orElse(DirectoryIdentity.UNKNOWN);
        if (!DirectoryIdentity.areOfTwo(found, directoryId)) {
            return false;
        }
        if (!acceptsLosses) {
            throw DirectoryIdentity.refusal(file, found, directoryId);
        }
        damage(file, 0, DirectoryIdentity.text(found), DirectoryIdentity.text(directoryId));
        damages.add(damages.removeLast().soundFrom(file, 0));
        return true;
    }

    /** Reads the header, and returns the size the file should have; its own size where nothing tells. */
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

    /** Goes on at a valid header or frame, unless what is missing before it was asked for. */
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

    /** Hands on the records of a valid frame, and returns its length. */
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
                // Of a loss that reaches into what is wanted, that part.
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
