package io.tollgate.core.log;

import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Segments of a log, in order, without the bytes that are drawn at random: the identity of the directory, and the
 * numbers of batches. Checksums over them are left out too. Two engines with the same operations give the same bytes.
 */
public final class LogBytes {
    private final Map<Long, Long> batches = new HashMap<>();
    private final Set<Integer> types;

    /** Adds the types of all records to a set. */
    public LogBytes(final Set<Integer> types) {
        this.types = types;
    }

    /** Clears the drawn bytes of the next segment. */
    public void clear(final byte[] bytes) {
        final UnsafeBuffer segment = new UnsafeBuffer(bytes);
        segment.putInt(SegmentDescriptor.CRC_OFFSET, 0);
        segment.putLong(SegmentDescriptor.DIRECTORY_ID_OFFSET, 0);
        int frame = SegmentDescriptor.HEADER_LENGTH;
        while (frame + FrameDescriptor.HEADER_LENGTH <= bytes.length
                && segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET) > 0) {
            final int end = frame + segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET);
            segment.putInt(frame + FrameDescriptor.CRC_OFFSET, 0);
            int record = frame + FrameDescriptor.HEADER_LENGTH;
            while (record < end) {
                clearBatch(segment, record);
                record += OperationDescriptor.length(segment, record);
            }
            frame = end;
        }
    }

    private void clearBatch(final UnsafeBuffer segment, final int record) {
        final int type = OperationDescriptor.type(segment, record);
        types.add(type);
        if (type == OperationDescriptor.BATCH_BEGIN || type == OperationDescriptor.BATCH_COMMIT) {
            final long drawn = BatchOperation.number(segment, record);
            final long number = batches.computeIfAbsent(drawn, any -> batches.size() + 1L);
            segment.putLong(record + BatchOperation.NUMBER_OFFSET, number);
        }
        if (segment.getInt(record + OperationDescriptor.BATCH_ID_OFFSET) != OperationDescriptor.NO_BATCH) {
            segment.putInt(record + OperationDescriptor.BATCH_ID_OFFSET, 1);
        }
    }
}
