package io.tollgate.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that says that a shard was closed cleanly: all of it is on disk, and belongs to one sequence of the log.
 * It is there only while nobody has the shard open. 64 bytes.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLCLEA"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  applied sequence                                             |
 * 24|  boot id of the machine, 36 characters of ASCII, zero padded  |
 *   |  to 40 bytes                                                  |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * @param appliedSequence the last operation of the log that the shard includes.
 * @param bootId          of the machine when the shard was closed.
 */
record CleanMark(long appliedSequence, String bootId) {
    static final long MAGIC = 0x4145_4C43_4C4C_4F54L;
    static final int VERSION = 1;
    static final int LENGTH = 64;
    static final int CRC_OFFSET = 12;
    static final int BOOT_ID_OFFSET = 24;
    static final int BOOT_ID_LENGTH = 40;

    /** Writes the mark and forces it. */
    void write(final Path file) {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(appliedSequence);
        final byte[] text = bootId.getBytes(StandardCharsets.US_ASCII);
        bytes.put(text, 0, Math.min(text.length, BOOT_ID_LENGTH));
        bytes.putInt(CRC_OFFSET, crc(bytes.array())).position(0).limit(LENGTH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be written", e);
        }
    }

    /** Reads the mark; a missing, torn or foreign one is none. */
    static Optional<CleanMark> read(final Path file) {
        try {
            final byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length != LENGTH
                    || buffer.getLong(0) != MAGIC
                    || buffer.getInt(8) != VERSION
                    || buffer.getInt(CRC_OFFSET) != crc(bytes)) {
                return Optional.empty();
            }
            final String bootId = new String(bytes, BOOT_ID_OFFSET, BOOT_ID_LENGTH, StandardCharsets.US_ASCII);
            return Optional.of(new CleanMark(buffer.getLong(16), bootId.replace("\0", "")));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    private static int crc(final byte[] bytes) {
        final byte[] covered = Arrays.copyOf(bytes, LENGTH);
        Arrays.fill(covered, CRC_OFFSET, CRC_OFFSET + Integer.BYTES, (byte) 0);
        final CRC32C crc = new CRC32C();
        crc.update(covered);
        return (int) crc.getValue();
    }
}
