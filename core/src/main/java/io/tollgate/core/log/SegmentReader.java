package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.OperationLengths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a segment through a sliding window over its file. The reader reuses the window for each segment, and frees it.
 *
 * <p>An instance belongs to one thread.
 */
final class SegmentReader implements AutoCloseable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final int MAX_WINDOW_LENGTH = 2 * FrameDescriptor.MAX_LENGTH;
    private static final int ZEROS_LENGTH = 1 << 12;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer zeros = ByteBuffer.allocate(ZEROS_LENGTH);
    private ByteBuffer bytes = NONE;
    private DataFile file;
    private long fileSize;
    private long size;
    private long windowPosition;
    private int windowLength;

    /** Starts reading a file; the caller closes it. Bytes after the longest possible segment are not read. */
    void wrap(final DataFile file) throws IOException {
        wrap(file, SegmentDescriptor.MAX_SEGMENT_LENGTH);
    }

    /** Starts reading at most the first {@code maxSize} bytes of a file. */
    void wrap(final DataFile file, final int maxSize) throws IOException {
        this.file = file;
        fileSize = file.size();
        size = Math.min(fileSize, maxSize);
        windowPosition = 0;
        windowLength = 0;
        if (bytes.capacity() < Math.min(size, MAX_WINDOW_LENGTH)) {
            freeWindow();
            bytes = ByteBuffer.allocateDirect((int) Math.min(size, MAX_WINDOW_LENGTH));
            buffer.wrap(bytes);
        }
    }

    /** Buffers returned earlier are emptied first, because reading freed memory would crash the process. */
    private void freeWindow() {
        final ByteBuffer window = bytes;
        bytes = NONE;
        buffer.wrap(0, 0);
        BufferUtil.free(window);
    }

    /** Returns the number of bytes of the file that can be read. */
    long size() {
        return size;
    }

    /** Returns the actual length of the file. */
    long fileSize() {
        return fileSize;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Returns the offset of bytes of the file in the buffer, and reads them if necessary; -1 if the file ends before
     * them.
     */
    int offset(final long position, final int length) throws IOException {
        if (position < windowPosition || position + length > windowPosition + windowLength) {
            if (position + length > size) {
                return -1;
            }
            fill(position);
            if (length > windowLength) {
                size = position + windowLength;
                fileSize = size;
                return -1;
            }
        }
        return (int) (position - windowPosition);
    }

    private void fill(final long position) throws IOException {
        bytes.clear();
        int read;
        do {
            read = file.read(bytes, position + bytes.position());
        } while (read > 0 && bytes.hasRemaining());
        windowPosition = position;
        windowLength = bytes.position();
    }

    /** Returns true if the header is all zero: the segment was prepared but not used yet. */
    boolean isHeaderZero() throws IOException {
        boolean isZero = size >= SegmentDescriptor.HEADER_LENGTH;
        for (int position = 0; isZero && position < SegmentDescriptor.HEADER_LENGTH; position += Long.BYTES) {
            isZero = isZeroAt(position);
        }
        return isZero;
    }

    /** Returns a description of the fault in the header, empty if it is valid. */
    String headerFault(final long segmentIndex) throws IOException {
        final int offset = offset(0, SegmentDescriptor.HEADER_LENGTH);
        if (offset < 0) {
            return "size=" + size;
        }
        final long magic = buffer.getLong(offset + SegmentDescriptor.MAGIC_OFFSET);
        if (magic != SegmentDescriptor.MAGIC) {
            return "magic=0x" + Long.toHexString(magic);
        }
        final int headerCrc = buffer.getInt(offset + SegmentDescriptor.CRC_OFFSET);
        if (headerCrc != SegmentDescriptor.crc(buffer, offset)) {
            return "headerCrc=0x" + Integer.toHexString(headerCrc);
        }
        final long foundIndex = buffer.getLong(offset + SegmentDescriptor.SEGMENT_INDEX_OFFSET);
        if (foundIndex != segmentIndex) {
            return "segmentIndex=" + foundIndex;
        }
        final long firstSequence = buffer.getLong(offset + SegmentDescriptor.FIRST_SEQUENCE_OFFSET);
        if (!OperationDescriptor.isSequence(firstSequence)) {
            return "firstSequence=" + firstSequence;
        }
        final long directoryId = buffer.getLong(offset + SegmentDescriptor.DIRECTORY_ID_OFFSET);
        return directoryId == LogFiles.NO_IDENTITY ? LogFiles.text(directoryId) : "";
    }

    /**
     * Returns the last segment of this data directory that starts at or before a sequence, according to its header.
     * Returns the first segment if there is none.
     */
    int startOf(final LogFiles log, final List<Path> segments, final long sequence) throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            final Path path = segments.get(i);
            try (DataFile segment = log.files().openForRead(path)) {
                wrap(segment);
                final OptionalLong found = directoryId(SegmentDescriptor.segmentIndex(path));
                if (found.isPresent()
                        && found.getAsLong() == log.directoryId()
                        && headerLong(SegmentDescriptor.FIRST_SEQUENCE_OFFSET) <= sequence) {
                    return i;
                }
            }
        }
        return 0;
    }

    /** Returns a field of the header. */
    long headerLong(final int fieldOffset) throws IOException {
        return buffer.getLong(offset(0, SegmentDescriptor.HEADER_LENGTH) + fieldOffset);
    }

    /** Returns the sequence of the first record of a frame. */
    long frameSequence(final long position) throws IOException {
        return buffer.getLong(offset(position, FrameDescriptor.HEADER_LENGTH) + FrameDescriptor.FIRST_SEQUENCE_OFFSET);
    }

    /**
     * Returns the data directory of the segment, according to its header; empty if the header is not valid for this
     * segment.
     */
    OptionalLong directoryId(final long segmentIndex) throws IOException {
        return headerFault(segmentIndex).isEmpty()
                ? OptionalLong.of(headerLong(SegmentDescriptor.DIRECTORY_ID_OFFSET))
                : OptionalLong.empty();
    }

    /** Returns the end of the valid frame at a position, -1 if there is none. */
    long frameEnd(final long position) throws IOException {
        return position < size && frameAt(position) == FrameState.VALID
                ? position
                        + buffer.getInt(offset(position, FrameDescriptor.HEADER_LENGTH) + FrameDescriptor.LENGTH_OFFSET)
                : -1;
    }

    /**
     * Returns the kind of bytes at a position at or after the end of the frames read. Callers choose most bytes of a
     * point, so a point may contain bytes that form a valid frame. The reader must not take that frame for a real one
     * if a crash tore off the head of the surrounding frame. Therefore a frame after a damaged place is valid only if
     * it skips sequences and all its records have lengths that the engine writes.
     *
     * @param framesEnd end of the frames read, less than the length of a header if there is no header.
     * @param sequence  of the next record, 0 for any.
     */
    FrameState nextAt(final long position, final long framesEnd, final long sequence) throws IOException {
        final FrameState state = frameAt(position);
        if (state != FrameState.VALID) {
            return position == framesEnd && tornEnd(position, sequence) > position ? FrameState.TORN : state;
        }
        final boolean isNext = position <= Math.max(framesEnd, SegmentDescriptor.HEADER_LENGTH)
                ? frameSequence(position) >= sequence
                : frameSequence(position) > sequence && hasWrittenRecords(position);
        return isNext ? state : FrameState.MISPLACED;
    }

    /** Describes the bytes at a position, for messages. */
    String textOf(final FrameState state, final long position) throws IOException {
        return state.text() + (state == FrameState.MISPLACED ? " firstSequence=" + frameSequence(position) : "");
    }

    /** Describes the bytes expected at a position, for messages. */
    static String wantedAt(final long position, final long framesEnd, final long sequence) {
        return position > framesEnd
                ? "zero bytes"
                : "frame" + (sequence == 0 ? "" : " firstSequence=" + sequence) + ", or zero bytes";
    }

    /** Returns the next position to examine after bytes that are not a valid frame. */
    long endOf(final FrameState state, final long position, final long sequence) throws IOException {
        return switch (state) {
            case ZERO -> zerosEnd(position);
            case TORN -> tornEnd(position, sequence);
            default -> position + FrameDescriptor.ALIGNMENT;
        };
    }

    /**
     * Returns the end of records in frames without a length. These frames remain if a process is killed before it
     * publishes the length, or if an opening is stopped after it invalidated frames.
     *
     * @return the position itself if no such frame begins with the sequence.
     */
    private long tornEnd(final long position, final long firstSequence) throws IOException {
        long sequence = firstSequence;
        long end = position;
        while (isTorn(end, sequence)) {
            final int count = buffer.getInt(offset(end, FrameDescriptor.HEADER_LENGTH) + FrameDescriptor.COUNT_OFFSET);
            sequence += count;
            end += FrameDescriptor.HEADER_LENGTH;
            for (int i = 0; i < count && isWritten(end); i++) {
                end += OperationDescriptor.length(buffer, offset(end, OperationDescriptor.HEADER_LENGTH));
            }
        }
        return end;
    }

    private boolean isTorn(final long position, final long sequence) throws IOException {
        final int header = offset(position, FrameDescriptor.HEADER_LENGTH);
        return header >= 0
                && (buffer.getInt(header + FrameDescriptor.LENGTH_OFFSET) == 0
                        || buffer.getLong(header) == FrameDescriptor.NO_FRAME)
                && buffer.getLong(header + FrameDescriptor.FIRST_SEQUENCE_OFFSET) == sequence
                && canBeHeader(header, FrameDescriptor.MAX_LENGTH);
    }

    /** Returns true if the header of the record at a position is one that an engine writes. */
    private boolean isWritten(final long position) throws IOException {
        final int header = offset(position, OperationDescriptor.HEADER_LENGTH);
        return header >= 0
                && OperationLengths.isWritten(
                        OperationDescriptor.type(buffer, header), OperationDescriptor.length(buffer, header));
    }

    private boolean hasWrittenRecords(final long position) throws IOException {
        final long end = frameEnd(position);
        long at = position + FrameDescriptor.HEADER_LENGTH;
        while (at < end && isWritten(at)) {
            at += OperationDescriptor.length(buffer, offset(at, OperationDescriptor.HEADER_LENGTH));
        }
        return at == end;
    }

    /** Returns the kind of bytes at a position: a valid frame, eight zero bytes (fewer at the very end), or neither. */
    FrameState frameAt(final long position) throws IOException {
        if (isZeroAt(position)) {
            return FrameState.ZERO;
        }
        final int header = offset(position, FrameDescriptor.HEADER_LENGTH);
        if (header < 0) {
            return FrameState.CUT;
        }
        final int length = buffer.getInt(header + FrameDescriptor.LENGTH_OFFSET);
        if (length < FrameDescriptor.MIN_LENGTH
                || length > FrameDescriptor.MAX_LENGTH
                || length % FrameDescriptor.ALIGNMENT != 0) {
            return FrameState.BAD_LENGTH;
        }
        final int offset = offset(position, length);
        if (offset < 0) {
            return FrameState.CUT;
        }
        if (!canBeHeader(offset, length) || crc(offset, length) != buffer.getInt(offset + FrameDescriptor.CRC_OFFSET)) {
            return FrameState.BAD_CRC;
        }
        return hasCompleteRecords(offset, length) ? FrameState.VALID : FrameState.BAD_RECORDS;
    }

    /** A cheap test before the checksum: in a damaged file the checksum would be computed at every position. */
    private boolean canBeHeader(final int offset, final int length) {
        final int count = buffer.getInt(offset + FrameDescriptor.COUNT_OFFSET);
        final long firstSequence = buffer.getLong(offset + FrameDescriptor.FIRST_SEQUENCE_OFFSET);
        return firstSequence > 0
                && OperationDescriptor.isSequence(firstSequence)
                && count > 0
                && count <= (length - FrameDescriptor.HEADER_LENGTH) / OperationDescriptor.HEADER_LENGTH
                && buffer.getShort(offset + FrameDescriptor.RESERVED_OFFSET) == 0;
    }

    private boolean isZeroAt(final long position) throws IOException {
        final int length = (int) Math.min(Long.BYTES, size - position);
        final int offset = offset(position, length);
        if (offset >= 0 && length == Long.BYTES) {
            return buffer.getLong(offset) == 0;
        }
        for (int i = 0; offset >= 0 && i < length; i++) {
            if (buffer.getByte(offset + i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the end of the zero bytes that begin at a position, or the end of the window. There are at least eight; a
     * prepared segment has millions.
     */
    long zerosEnd(final long position) {
        int offset = (int) (position - windowPosition) + FrameDescriptor.ALIGNMENT;
        int length = zerosLength(offset);
        while (length == ZEROS_LENGTH) {
            offset += length;
            length = zerosLength(offset);
        }
        return windowPosition + offset + length;
    }

    /** Returns the number of zero bytes, rounded down to a multiple of eight and limited to one comparison. */
    private int zerosLength(final int offset) {
        final int length = Math.min(ZEROS_LENGTH, windowLength - offset) / Long.BYTES * Long.BYTES;
        if (length <= 0) {
            return 0; // The last zeros of a file may be fewer than eight.
        }
        final ByteBuffer rest = bytes.clear().position(offset).limit(offset + length);
        final int same = rest.mismatch(zeros.clear().limit(length));
        return same < 0 ? length : same / Long.BYTES * Long.BYTES;
    }

    private int crc(final int offset, final int length) {
        final int crcEnd = FrameDescriptor.CRC_OFFSET + Integer.BYTES;
        crc.reset();
        crc.update(bytes.clear().position(offset).limit(offset + FrameDescriptor.CRC_OFFSET));
        for (int i = 0; i < Integer.BYTES; i++) {
            crc.update(0);
        }
        crc.update(bytes.clear().position(offset + crcEnd).limit(offset + length));
        return (int) crc.getValue();
    }

    private boolean hasCompleteRecords(final int offset, final int length) {
        final int count = buffer.getInt(offset + FrameDescriptor.COUNT_OFFSET);
        long sequence = buffer.getLong(offset + FrameDescriptor.FIRST_SEQUENCE_OFFSET);
        // The caller refuses a frame of another version by name.
        final boolean isKnown = buffer.getShort(offset + FrameDescriptor.VERSION_OFFSET) == FrameDescriptor.VERSION;
        int found = 0;
        int consumed = FrameDescriptor.HEADER_LENGTH;
        while (consumed < length
                && OperationDescriptor.isLength(OperationDescriptor.length(buffer, offset + consumed))
                && OperationDescriptor.length(buffer, offset + consumed) <= length - consumed
                && (!isKnown || OperationLengths.isIntact(buffer, offset + consumed))
                && LossOperation.isPossible(buffer, offset + consumed, sequence)) {
            sequence = LossOperation.lastSequence(buffer, offset + consumed, sequence) + 1;
            consumed += OperationDescriptor.length(buffer, offset + consumed);
            found++;
        }
        return consumed == length && found == count;
    }

    /** Frees the window. The caller closes the file. No bytes can be read until the next file is wrapped. */
    @Override
    public void close() {
        size = 0;
        windowPosition = 0;
        windowLength = 0;
        freeWindow();
    }
}
