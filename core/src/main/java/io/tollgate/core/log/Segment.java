package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Zeros;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped segment that is being written.
 *
 * <p>One thread prepares it and hands it over by safe publication. One thread at a time uses it.
 */
final class Segment implements AutoCloseable {
    private final long index;
    private final DataFile file;
    private final long directoryId;
    private final UnsafeBuffer buffer;

    private Segment(final long index, final DataFile file, final int length, final long directoryId)
            throws IOException {
        this.index = index;
        this.directoryId = directoryId;
        this.file = file;
        this.buffer = new UnsafeBuffer(file.map(length));
    }

    /**
     * Makes a segment of zeros. Its space and its name are on disk before it is mapped, so writing to the mapping
     * cannot meet a full disk. If this fails, no file remains.
     *
     * @param directoryId of the log.
     * @param rest called between two pieces of the work to pause; false if there is no time for a pause.
     */
    static Segment prepare(final LogFiles log, final long index, final int length, final BooleanSupplier rest)
            throws IOException {
        final FileAccess files = log.files();
        final Path directory = log.directory();
        final Path unfinished = SegmentDescriptor.unfinishedFile(directory, index);
        final Path finished = SegmentDescriptor.file(directory, index);
        try {
            try (DataFile file = files.create(unfinished)) {
                Zeros.write(file, 0, length, rest::getAsBoolean);
                file.forceAndClose(rest);
            }
            files.rename(unfinished, finished);
            files.forceDirectory(directory);
            return open(log, index, length);
        } catch (final IOException | RuntimeException | Error e) {
            deleteAfter(e, files, unfinished);
            deleteAfter(e, files, finished);
            throw e;
        }
    }

    private static void deleteAfter(final Throwable cause, final FileAccess files, final Path file) {
        try {
            files.delete(file);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Maps an existing segment. */
    static Segment open(final LogFiles log, final long index, final int length) throws IOException {
        final DataFile file = log.files().openForWrite(SegmentDescriptor.file(log.directory(), index));
        try {
            return new Segment(index, file, length, log.directoryId());
        } catch (final IOException | RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, file);
            throw e;
        }
    }

    int length() {
        return buffer.capacity();
    }

    /** Returns true if the 8 bytes at a position are zero, as they are after the last frame. */
    boolean isZeroAt(final int position) {
        return position == buffer.capacity() || buffer.getLong(position) == 0;
    }

    /** Writes the header, with the magic number last. */
    void start(final long firstSequence) {
        final DirectBuffer header = SegmentDescriptor.header(index, firstSequence, length(), directoryId);
        final int magicEnd = SegmentDescriptor.VERSION_OFFSET;
        buffer.putBytes(magicEnd, header, magicEnd, SegmentDescriptor.HEADER_LENGTH - magicEnd);
        buffer.putLongRelease(SegmentDescriptor.MAGIC_OFFSET, SegmentDescriptor.MAGIC);
    }

    /** Copies a complete frame to a position, and publishes its length word last (release). */
    void put(final int position, final DirectBuffer frame, final int frameLength) {
        final int lengthEnd = FrameDescriptor.CRC_OFFSET;
        buffer.putBytes(position + lengthEnd, frame, lengthEnd, frameLength - lengthEnd);
        buffer.putIntRelease(position + FrameDescriptor.LENGTH_OFFSET, frameLength);
    }

    /**
     * Waits until the segment is on disk. It is not written to after this call.
     *
     * @param rest called between two pieces of the work to pause; false if there is no time for a pause.
     */
    void finish(final BooleanSupplier rest) throws IOException {
        file.forceAndClose(rest);
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
