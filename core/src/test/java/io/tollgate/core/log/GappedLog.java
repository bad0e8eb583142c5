package io.tollgate.core.log;

import io.tollgate.core.operation.ClockOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A log with valid checksums and a missing operation between any two. */
public final class GappedLog {
    private static final int FRAME_LENGTH = FrameDescriptor.HEADER_LENGTH + ClockOperation.LENGTH;

    private GappedLog() {}

    /** Writes one segment with that many operations, of the sequences 1, 3, 5 and so on, to an existing directory. */
    public static void write(final Path log, final int count, final long directoryId) throws IOException {
        final int length = BitUtil.findNextPositivePowerOfTwo(SegmentDescriptor.HEADER_LENGTH + count * FRAME_LENGTH);
        final UnsafeBuffer segment = new UnsafeBuffer(new byte[length]);
        segment.putBytes(0, SegmentDescriptor.header(0, 1, length, directoryId), 0, SegmentDescriptor.HEADER_LENGTH);
        for (int i = 0; i < count; i++) {
            final int frame = SegmentDescriptor.HEADER_LENGTH + i * FRAME_LENGTH;
            segment.putInt(frame + FrameDescriptor.LENGTH_OFFSET, FRAME_LENGTH);
            segment.putLong(frame + FrameDescriptor.FIRST_SEQUENCE_OFFSET, 2L * i + 1);
            segment.putInt(frame + FrameDescriptor.COUNT_OFFSET, 1);
            segment.putShort(frame + FrameDescriptor.VERSION_OFFSET, (short) FrameDescriptor.VERSION);
            new ClockOperation().encode(segment, frame + FrameDescriptor.HEADER_LENGTH, i);
            final CRC32C crc = new CRC32C();
            crc.update(segment.byteArray(), frame, FRAME_LENGTH);
            segment.putInt(frame + FrameDescriptor.CRC_OFFSET, (int) crc.getValue());
        }
        Files.write(SegmentDescriptor.file(log, 0), segment.byteArray());
    }
}
