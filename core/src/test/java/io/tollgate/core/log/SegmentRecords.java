package io.tollgate.core.log;

import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/** The records of a segment that is whole, whatever became of the log that it is of. */
public final class SegmentRecords {
    private SegmentRecords() {}

    /** Gives each record of a segment that has begun. */
    public static void forEach(final byte[] bytes, final OperationHandler handler) {
        final UnsafeBuffer segment = new UnsafeBuffer(bytes);
        if (segment.getLong(SegmentDescriptor.MAGIC_OFFSET) != SegmentDescriptor.MAGIC) {
            return;
        }
        int frame = SegmentDescriptor.HEADER_LENGTH;
        while (frame + FrameDescriptor.HEADER_LENGTH <= segment.capacity()
                && segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET) > 0) {
            final int end = frame + segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET);
            long sequence = segment.getLong(frame + FrameDescriptor.FIRST_SEQUENCE_OFFSET);
            int record = frame + FrameDescriptor.HEADER_LENGTH;
            while (record < end) {
                final int length = OperationDescriptor.length(segment, record);
                handler.onOperation(segment, record, length, sequence++);
                record += length;
            }
            frame = end;
        }
    }
}
