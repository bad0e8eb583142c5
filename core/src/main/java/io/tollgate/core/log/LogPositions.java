package io.tollgate.core.log;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How far a log that is open was acknowledged, in a mapped file beside it: a log that ends before, were it at the
 * boundary of a frame, has lost something. It is there while the log is open, and after it was not closed. 128 bytes.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TGLOGPOS"                                             |
 *  8|  version (4 bytes), CRC-32C of the first 64 bytes (4 bytes)   |
 * 16|  boot id of the machine, 36 characters of ASCII, zero padded  |
 * 52|  index of the shard (4 bytes)                                 |
 * 56|  identity of the data directory                               |
 *   +-------------------------------+-------------------------------+
 * 64|  applied sequence             |  its check word               |
 * 80|  applied sequence             |  its check word               |
 * 96|  durable sequence             |  its check word               |
 *112|  durable sequence             |  its check word               |
 *   +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Each sequence has two slots that are written by turns, the check word last, so that a process that is killed
 * leaves one of them whole. The applied sequence counts as long as the
 * machine runs: the operating system keeps what a killed
 * process has written. After a power failure only the durable one does, which is written when the log has been forced.
 *
 * <p>Threads: one writes the applied sequence, one the durable one.
 */
public final class LogPositions implements AutoCloseable {
    static final long MAGIC = 0x534F_5047_4F4C_4754L;
    static final int VERSION = 1;
    static final int LENGTH = 128;
    static final int BOOT_ID_OFFSET = 16;
    static final int BOOT_ID_LENGTH = 36;
    static final int SHARD_OFFSET = BOOT_ID_OFFSET + BOOT_ID_LENGTH;
    static final int DIRECTORY_ID_OFFSET = SHARD_OFFSET + Integer.BYTES;
    static final int HEADER_LENGTH = 64;
    static final int APPLIED_OFFSET = HEADER_LENGTH;
    static final int DURABLE_OFFSET = APPLIED_OFFSET + 2 * 16;

    private static final int SLOT_LENGTH = 16;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Path path;
    private final DataFile file;
    private final UnsafeBuffer buffer;
    private int appliedSlot;
    private int durableSlot;

    /**
     * What a file of positions says.
     *
     * @param bootId          of the machine on which it was written.
     * @param appliedSequence the last operation that was applied.
     * @param durableSequence the last operation that was forced to the disk.
     * @param directoryId     which data directory it is of.
     * @param shardIndex      which shard of it.
     */
    public record Found(String bootId, long appliedSequence, long durableSequence, long directoryId, int shardIndex) {}

    private LogPositions(final Path path, final DataFile file) throws IOException {
        this.path = path;
        this.file = file;
        buffer = new UnsafeBuffer(file.map(LENGTH));
    }

    /**
     * Makes the file of a log that is opened; one that is there is replaced.
     *
     * @param files    to reach it through.
     * @param path     of the file.
     * @param bootId   of the machine.
     * @param directoryId which data directory it is of.
     * @param shardIndex which shard of it.
     * @param sequence the last operation of the log, applied and durable.
     * @return the positions.
     * @throws UncheckedIOException if the disk refuses or is full; what was there before is still there.
     */
    public static LogPositions create(
            final FileAccess files,
            final Path path,
            final String bootId,
            final long directoryId,
            final int shardIndex,
            final long sequence) {
        try {
            WholeFile.write(files, path, image(bootId, directoryId, shardIndex, sequence));
            final DataFile file = files.openForWrite(path);
            try {
                return new LogPositions(path, file);
            } catch (final IOException | RuntimeException | Error e) {
                Closing.after(e, file);
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " cannot be made: check the disk and its free space", e);
        }
    }

    private static ByteBuffer image(
            final String bootId, final long directoryId, final int shardIndex, final long sequence) {
        final byte[] header = new byte[HEADER_LENGTH];
        final byte[] text = bootId.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, BOOT_ID_OFFSET, Math.min(text.length, BOOT_ID_LENGTH));
        final UnsafeBuffer fields = new UnsafeBuffer(header);
        fields.putInt(SHARD_OFFSET, shardIndex);
        fields.putLong(DIRECTORY_ID_OFFSET, directoryId);
        FileSeal.seal(header, MAGIC, VERSION);
        final UnsafeBuffer image = new UnsafeBuffer(Arrays.copyOf(header, LENGTH));
        for (int offset = APPLIED_OFFSET; offset < LENGTH; offset += SLOT_LENGTH) {
            put(image, offset, sequence);
        }
        return ByteBuffer.wrap(image.byteArray());
    }

    private static void put(final UnsafeBuffer buffer, final int offset, final long sequence) {
        buffer.putLong(offset, sequence);
        VarHandle.storeStoreFence();
        buffer.putLongRelease(offset + Long.BYTES, check(sequence));
    }

    private static long check(final long sequence) {
        return Long.rotateLeft((sequence ^ MAGIC) * MIX, Integer.SIZE);
    }

    /**
     * Reads a file of positions.
     *
     * @param path of the file.
     * @return what it says, empty if it is not there.
     * @throws OtherVersionException if another version has written it.
     * @throws IllegalStateException if it is damaged, naming what was found.
     * @throws UncheckedIOException  if it cannot be read.
     */
    public static Optional<Found> read(final Path path) {
        final byte[] bytes;
        try {
            bytes = WholeFile.read(path, LENGTH);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " cannot be read: check the disk", e);
        }
        final boolean isHeaderWhole = FileSeal.isWhole(Arrays.copyOf(bytes, HEADER_LENGTH), MAGIC);
        if (isHeaderWhole) {
            OtherVersionException.requireNone(path, bytes, VERSION);
        }
        if (bytes.length != LENGTH) {
            throw damaged(path, "length=" + lengthOf(path), "length=" + LENGTH);
        }
        if (!isHeaderWhole) {
            throw damaged(path, "a header with a wrong magic or crc32c", "that of a file of positions");
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final long applied = newest(buffer, APPLIED_OFFSET);
        final long durable = newest(buffer, DURABLE_OFFSET);
        if (applied < 0 || durable < 0) {
            throw damaged(
                    path,
                    "both slots of a sequence with a wrong check word, or more than a log can have",
                    "one whole slot at least");
        }
        final String bootId = new String(bytes, BOOT_ID_OFFSET, BOOT_ID_LENGTH, StandardCharsets.US_ASCII);
        return Optional.of(new Found(
                bootId.replace("\0", ""),
                applied,
                durable,
                buffer.getLong(DIRECTORY_ID_OFFSET),
                buffer.getInt(SHARD_OFFSET)));
    }

    private static long lengthOf(final Path path) {
        try {
            return Files.size(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " cannot be read: check the disk", e);
        }
    }

    private static long newest(final UnsafeBuffer buffer, final int offset) {
        long newest = -1;
        for (int slot = offset; slot < offset + 2 * SLOT_LENGTH; slot += SLOT_LENGTH) {
            final long sequence = buffer.getLong(slot);
            if (buffer.getLong(slot + Long.BYTES) == check(sequence) && OperationDescriptor.isSequence(sequence)) {
                newest = Math.max(newest, sequence);
            }
        }
        return newest;
    }

    private static IllegalStateException damaged(final Path path, final String found, final String wanted) {
        return new IllegalStateException("file=" + path + ": found " + found + ", expected " + wanted);
    }

    /**
     * Notes what was applied. One thread; two stores.
     *
     * @param sequence of the last operation.
     */
    public void applied(final long sequence) {
        put(buffer, APPLIED_OFFSET + appliedSlot, sequence);
        appliedSlot ^= SLOT_LENGTH;
    }

    /**
     * Notes what was forced to the disk. One thread.
     *
     * @param sequence of the last operation.
     */
    public void durable(final long sequence) {
        put(buffer, DURABLE_OFFSET + durableSlot, sequence);
        durableSlot ^= SLOT_LENGTH;
    }

    /**
     * Waits until the positions are on disk. The thread that notes what is durable.
     *
     * @throws UncheckedIOException if the disk refuses.
     */
    public void force() {
        try {
            file.force();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " could not be forced: check the disk", e);
        }
    }

    /**
     * Ends the mapping; the file stays. Nobody notes anything afterwards.
     *
     * @throws UncheckedIOException if the file cannot be closed.
     */
    @Override
    public void close() {
        buffer.wrap(0, 0);
        try {
            file.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " could not be closed: check the disk", e);
        }
    }
}
