package io.tollgate.core.log;

import io.tollgate.core.operation.OperationDescriptor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes records as frames with checksums in its own buffer. For one thread; close frees the buffer. */
final class FrameWriter implements AutoCloseable {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(FrameDescriptor.MAX_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final CRC32C crc = new CRC32C();

    /** Rejects records that a replay could not deliver. */
    static void requireRecords(
            final DirectBuffer records, final int offset, final int length, final int count, final int maxLength) {
        int found = 0;
        int consumed = 0;
        if (length > 0 && length <= maxLength) {
            while (consumed < length) {
                final int recordLength = OperationDescriptor.length(records, offset + consumed);
                if (!OperationDescriptor.isKnown(OperationDescriptor.type(records, offset + consumed))
                        || !OperationDescriptor.isLength(recordLength)) {
                    break;
                }
                consumed += recordLength;
                found++;
            }
        }
        if (found != count || consumed != length || found == 0) {
            throw new IllegalArgumentException("count=" + count + " length=" + length + " has " + found
                    + " records of known types in " + consumed + " bytes, expected all of it in at most "
                    + maxLength + " bytes: append whole records");
        }
    }

    /** Encodes one frame of these records. The returned buffer is valid until the next call. */
    DirectBuffer stage(
            final DirectBuffer records, final int offset, final int length, final int count, final long firstSequence) {
        final int frameLength = FrameDescriptor.HEADER_LENGTH + length;
        buffer.putInt(FrameDescriptor.LENGTH_OFFSET, frameLength);
        buffer.putInt(FrameDescriptor.CRC_OFFSET, 0);
        buffer.putLong(FrameDescriptor.FIRST_SEQUENCE_OFFSET, firstSequence);
        buffer.putInt(FrameDescriptor.COUNT_OFFSET, count);
        buffer.putShort(FrameDescriptor.VERSION_OFFSET, (short) FrameDescriptor.VERSION);
        buffer.putShort(FrameDescriptor.RESERVED_OFFSET, (short) 0);
        buffer.putBytes(FrameDescriptor.HEADER_LENGTH, records, offset, length);
        crc.reset();
        crc.update(bytes.position(0).limit(frameLength));
        buffer.putInt(FrameDescriptor.CRC_OFFSET, (int) crc.getValue());
        return buffer;
    }

    /** Frees the buffer; it stages no frames after that. */
    @Override
    public void close() {
        final ByteBuffer freed = bytes;
        bytes = null;
        buffer.wrap(0, 0);
        BufferUtil.free(freed);
    }
}
