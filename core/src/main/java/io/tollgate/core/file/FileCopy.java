package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Copies of files. */
public final class FileCopy {
    private static final int CHUNK_LENGTH = 1 << 20;

    private FileCopy() {}

    /**
     * Copies a file without a force.
     *
     * @param files      to reach it through.
     * @param source     to read.
     * @param target     the path of the copy; it does not exist yet.
     * @param usedLength the number of bytes to copy. The copy has the same length, and zeros after these bytes.
     * @throws IOException if the source cannot be read or the copy cannot be written.
     */
    public static void copy(final FileAccess files, final Path source, final Path target, final long usedLength)
            throws IOException {
        copy(files, source, target, usedLength, false);
    }

    /**
     * Copies a file, and waits until its contents are on disk. Its name is not forced.
     *
     * @param files      to reach it through.
     * @param source     to read.
     * @param target     the path of the copy; it does not exist yet.
     * @param usedLength the number of bytes to copy. The copy has the same length, and zeros after these bytes.
     * @throws IOException if the source cannot be read or the copy cannot be written.
     */
    public static void copyForced(final FileAccess files, final Path source, final Path target, final long usedLength)
            throws IOException {
        copy(files, source, target, usedLength, true);
    }

    private static void copy(
            final FileAccess files, final Path source, final Path target, final long usedLength, final boolean isForced)
            throws IOException {
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        final UnsafeBuffer bytes = new UnsafeBuffer(chunk);
        try (DataFile from = files.openForRead(source);
                DataFile to = files.create(target)) {
            for (long position = 0; from.read(chunk.clear(), position) > 0; ) {
                clearAfter(usedLength - position, bytes, chunk.flip().limit());
                position += to.writeAll(chunk, position);
            }
            if (isForced) {
                to.force();
            }
        } finally {
            BufferUtil.free(chunk);
        }
    }

    private static void clearAfter(final long usedLength, final UnsafeBuffer bytes, final int length) {
        final int used = (int) Math.max(0, Math.min(usedLength, length));
        bytes.setMemory(used, length - used, (byte) 0);
    }
}
