package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/** Fills files with zeros before use, so that their disk space is allocated. */
public final class Zeros {
    /** Small, so that other threads do not wait long for the processor. */
    private static final int PIECE_LENGTH = 1 << 17;

    private Zeros() {}

    /**
     * Writes zeros.
     *
     * @param file to write to.
     * @param from the first byte.
     * @param to   the position after the last byte.
     * @throws IOException if the disk refuses or is full.
     */
    public static void write(final DataFile file, final long from, final long to) throws IOException {
        write(file, from, to, () -> {});
    }

    /**
     * Writes zeros piece by piece.
     *
     * @param file to write to.
     * @param from the first byte.
     * @param to   the position after the last byte.
     * @param rest called after each piece.
     * @throws IOException if the disk refuses or is full.
     */
    public static void write(final DataFile file, final long from, final long to, final Runnable rest)
            throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.max(0, Math.min(to - from, PIECE_LENGTH)));
        try {
            for (long position = from; position < to; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), to - position));
                position += file.writeAll(zeros, position);
                rest.run();
            }
        } finally {
            BufferUtil.free(zeros);
        }
    }
}
