package io.tollgate.core.store.memory;

import io.tollgate.core.file.Uninterruptibles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;

/**
 * The expected content of a store's file after a clean close: checksums of the chunks of its used part. The rest of the
 * file is zero.
 *
 * @param name       the name of the file in its directory.
 * @param length     the length of the file in bytes.
 * @param usedLength the number of bytes from its start that are in use.
 * @param crcs       a CRC-32C of each {@value #CHUNK_LENGTH} bytes of the used part; the last chunk may be shorter.
 */
public record StoreFile(String name, long length, long usedLength, int[] crcs) {
    /** Bytes per checksum. A wrong checksum locates the damage within this many bytes. */
    public static final int CHUNK_LENGTH = 1 << 14;

    private static final int READ_LENGTH = 1 << 20;

    /** Returns the number of chunks in the used part of a file. */
    public static int crcCount(final long usedLength) {
        return (int) ((usedLength + CHUNK_LENGTH - 1) / CHUNK_LENGTH);
    }

    /** Computes the checksums of a file that is no longer written. An interrupt of the thread does not stop it. */
    public StoreFile sealed(final Path directory) throws IOException {
        return Uninterruptibles.call(() -> readSealed(directory));
    }

    private StoreFile readSealed(final Path directory) throws IOException {
        final int[] found = new int[crcCount(usedLength)];
        try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
            readCrcs(channel, found);
            return new StoreFile(name, channel.size(), usedLength, found);
        }
    }

    /** Returns the start of the first wrong chunk; the shorter length if the lengths differ; -1 if nothing differs. */
    public long firstDifference(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
            if (channel.size() != length) {
                return Math.min(channel.size(), length);
            }
            final int[] found = new int[crcs.length];
            readCrcs(channel, found);
            final int chunk = Arrays.mismatch(crcs, found);
            return chunk < 0 ? -1 : (long) chunk * CHUNK_LENGTH;
        }
    }

    private void readCrcs(final FileChannel channel, final int[] found) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(READ_LENGTH);
        try {
            readCrcs(channel, found, bytes);
        } finally {
            BufferUtil.free(bytes);
        }
    }

    private void readCrcs(final FileChannel channel, final int[] found, final ByteBuffer bytes) throws IOException {
        final CRC32C crc = new CRC32C();
        long position = 0;
        while (position < usedLength) {
            final int filled = fill(channel, bytes, position, usedLength);
            for (int offset = 0; offset < filled; offset += CHUNK_LENGTH) {
                crc.reset();
                crc.update(bytes.limit(Math.min(filled, offset + CHUNK_LENGTH)).position(offset));
                found[(int) ((position + offset) / CHUNK_LENGTH)] = (int) crc.getValue();
            }
            position += filled;
        }
    }

    /** Fills a buffer from a position up to an end. If the file is too short, the rest is filled with zeros. */
    private static int fill(final FileChannel channel, final ByteBuffer bytes, final long position, final long end)
            throws IOException {
        final int wanted = (int) Math.min(bytes.capacity(), end - position);
        bytes.clear().limit(wanted);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes, position + bytes.position());
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
        return wanted;
    }
}
