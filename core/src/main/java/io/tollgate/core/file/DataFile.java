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
     * The size of the file.
     *
     * @return bytes.
     * @throws IOException if the file cannot be asked.
     */
    long size() throws IOException;

    /**
     * Reads into the buffer's remaining space, and advances its position by what was read.
     *
     * @param target to read into.
     * @param position in the file, in bytes.
     * @return the number of bytes read, possibly less than was room for; -1 at the end of the file.
     * @throws IOException if the disk refuses.
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes the buffer's remaining bytes, and advances its position by what was written.
     *
     * @param source to write from.
     * @param position in the file, in bytes.
     * @return the number of bytes written, possibly less than there were.
     * @throws IOException if the disk refuses, or is full.
     */
    int write(ByteBuffer source, long position) throws IOException;

    /**
     * Writes all of the buffer's remaining bytes.
     *
     * @param source to write from.
     * @param position in the file, in bytes.
     * @return how many bytes there were.
     * @throws IOException if the disk refuses, is full, or writes nothing.
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
     * Maps the file from its start for reading and writing; {@link #close()} ends the mapping, and touching it
     * afterwards ends the JVM.
     *
     * @param length of the mapping in bytes; the file is at least as long.
     * @return the mapping.
     * @throws IOException if the file cannot be mapped.
     */
    MappedByteBuffer map(long length) throws IOException;

    /**
     * Waits until all that was written to the file is on disk: through its mapping where it has one, else through
     * {@link #write}.
     *
     * @throws IOException if the disk refuses; what is on disk is then unknown.
     */
    void force() throws IOException;

    /**
     * Waits until all that was written to the file is on disk, and closes it. What is handed to the disk at once may
     * keep a processor for many milliseconds, from whoever else wants it: so pieces are, as long as there is time.
     *
     * @param rest run between two pieces; false once there is no time, so that all that is left is handed over at once.
     * @throws IOException if the disk refuses; what is on disk is then unknown, and the file is to be closed.
     */
    default void forceAndClose(final BooleanSupplier rest) throws IOException {
        force();
        close();
    }

    /**
     * Ends the mapping and closes the file; nothing is forced. Closing again does nothing.
     *
     * @throws IOException if the file cannot be closed.
     */
    @Override
    void close() throws IOException;
}
