package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * An open file of a {@link FileAccess}.
 *
 * <p>An instance is used by one thread at a time.
 */
public interface DataFile extends AutoCloseable {
    /**
     * Returns the size of the file.
     *
     * @return bytes.
     * @throws IOException if the file cannot be asked.
     */
    long size() throws IOException;

    /**
     * Reads into the remaining space of the buffer, and advances its position by the number of bytes read.
     *
     * @param target to read into.
     * @param position in the file, in bytes.
     * @return the number of bytes read, possibly less than requested; -1 at the end of the file.
     * @throws IOException if the disk refuses.
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes the remaining bytes of the buffer, and advances its position by the number of bytes written.
     *
     * @param source to write from.
     * @param position in the file, in bytes.
     * @return the number of bytes written, possibly less than requested.
     * @throws IOException if the disk refuses, or is full.
     */
    int write(ByteBuffer source, long position) throws IOException;

    /**
     * Writes all remaining bytes of the buffer.
     *
     * @param source to write from.
     * @param position in the file, in bytes.
     * @return the number of bytes written.
     * @throws IOException if the disk fails, is full, or makes no progress.
     */
    default int writeAll(final ByteBuffer source, final long position) throws IOException {
        final int length = source.remaining();
        while (source.hasRemaining()) {
            final int written = length - source.remaining();
            if (write(source, position + written) <= 0) {
                throw new IOException(
                        "written=0 at position=" + (position + written) + ", expected progress: check the disk");
            }
        }
        return length;
    }

    /**
     * Maps the file from its start for reading and writing. {@link #close()} unmaps it; access to the mapping after
     * that crashes the JVM.
     *
     * @param length of the mapping in bytes; the file is at least as long.
     * @return the mapping.
     * @throws IOException if the file cannot be mapped.
     */
    MappedByteBuffer map(long length) throws IOException;

    /**
     * Waits until all writes to the file are on disk: through the mapping if there is one, otherwise those of {@link
     * #write}.
     *
     * @throws IOException if the disk fails; the state on disk is then unknown.
     */
    void force() throws IOException;

    /**
     * Waits until all writes to the file are on disk, and closes it. Forcing a whole file at once may occupy a
     * processor for many milliseconds. Therefore the file is forced in pieces with pauses, if there is time.
     *
     * @param rest called between two pieces to pause; false if there is no time, and the rest is forced at once.
     * @throws IOException if the disk fails; the state on disk is then unknown, and the file must be closed.
     */
    default void forceAndClose(final BooleanSupplier rest) throws IOException {
        force();
        close();
    }

    /**
     * Unmaps and closes the file without a force. Closing again has no effect.
     *
     * @throws IOException if the file cannot be closed.
     */
    @Override
    void close() throws IOException;
}
