package io.tollgate.core.log;

import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Changes a byte of a log and recomputes the checksum. */
public final class ForgedRecord {
    private ForgedRecord() {}

    /** Changes a byte of the first record of a type in the existing segments. */
    public static void put(final Path log, final int type, final int offset, final int value) throws IOException {
        for (final Path file : segments(log)) {
            final UnsafeBuffer segment = new UnsafeBuffer(Files.readAllBytes(file));
            int frame = SegmentDescriptor.HEADER_LENGTH;
            while (isFrame(segment, frame)) {
                final int end = frame + segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET);
                int record = frame + FrameDescriptor.HEADER_LENGTH;
                while (record < end && OperationDescriptor.type(segment, record) != type) {
                    record += OperationDescriptor.length(segment, record);
                }
                if (record < end) {
                    segment.putByte(record + offset, (byte) value);
                    seal(segment, frame, end - frame, FrameDescriptor.CRC_OFFSET);
                    Files.write(file, segment.byteArray());
                    return;
                }
                frame = end;
            }
        }
        throw new IllegalStateException("log=" + log + " has no " + OperationDescriptor.name(type));
    }

    /** Changes the version of the first segment. */
    public static void putSegmentVersion(final Path log, final int version) throws IOException {
        final Path file = segments(log)[0];
        final UnsafeBuffer segment = new UnsafeBuffer(Files.readAllBytes(file));
        segment.putInt(SegmentDescriptor.VERSION_OFFSET, version);
        seal(segment, 0, SegmentDescriptor.HEADER_LENGTH, SegmentDescriptor.CRC_OFFSET);
        Files.write(file, segment.byteArray());
    }

    /** Changes the version of the first frame. */
    public static void putFrameVersion(final Path log, final int version) throws IOException {
        final Path file = segments(log)[0];
        final UnsafeBuffer segment = new UnsafeBuffer(Files.readAllBytes(file));
        final int frame = SegmentDescriptor.HEADER_LENGTH;
        segment.putShort(frame + FrameDescriptor.VERSION_OFFSET, (short) version);
        seal(segment, frame, segment.getInt(frame + FrameDescriptor.LENGTH_OFFSET), FrameDescriptor.CRC_OFFSET);
        Files.write(file, segment.byteArray());
    }

    private static boolean isFrame(final UnsafeBuffer segment, final int position) {
        return position + FrameDescriptor.HEADER_LENGTH <= segment.capacity()
                && segment.getInt(position + FrameDescriptor.LENGTH_OFFSET) > 0;
    }

    private static void seal(final UnsafeBuffer segment, final int position, final int length, final int crcOffset) {
        segment.putInt(position + crcOffset, 0);
        final CRC32C crc = new CRC32C();
        crc.update(segment.byteArray(), position, length);
        segment.putInt(position + crcOffset, (int) crc.getValue());
    }

    private static Path[] segments(final Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".seg"))
                    .filter(ForgedRecord::isBegun)
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    /** Returns false for the preallocated segment, which has no header yet. */
    private static boolean isBegun(final Path segment) {
        try {
            return new UnsafeBuffer(Files.readAllBytes(segment)).getLong(0) == SegmentDescriptor.MAGIC;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
