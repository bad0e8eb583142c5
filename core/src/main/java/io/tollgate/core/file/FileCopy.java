package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BufferUtil;

/** Copies of files. */
public final class FileCopy {
    private static final int CHUNK_LENGTH = 1 << 20;

    private FileCopy() {}

    /**
     * Copies a file; nothing is forced.
     *
     * @param files  to reach it through.
     * @param source to read.
     * @param target of the copy, which is not there.
     * @throws IOException if one cannot be read, or the other not be made.
     */
    public static void copy(final FileAccess files, final Path source, final Path target) throws IOException {
        copy(files, source, target, false);
    }

    /**
     * Copies a file, and waits until the copy is on disk; its name is not forced.
     *
     * @param files  to reach it through.
     * @param source to read.
     * @param target of the copy, which is not there.
     * @throws IOException if one cannot be read, or the other not be made.
     */
    public static void copyForced(final FileAccess files, final Path source, final Path target) throws IOException {
        copy(files, source, target, true);
    }

    private static void copy(final FileAccess files, final Path source, final Path target, final boolean isForced)
            throws IOException {
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        try (DataFile from = files.openForRead(source);
                DataFile to = files.create(target)) {
            for (long position = 0; from.read(chunk.clear(), position) > 0; ) {
                position += to.writeAll(chunk.flip(), position);
            }
            if (isForced) {
                to.force();
            }
        } finally {
            BufferUtil.free(chunk);
        }
    }
}
