package io.tollgate.core.store.block;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.store.memory.MappedArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header of a store: its settings, and the heads of its lists. The header has 192 bytes and its own file, which is
 * read before all other files of the store.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLSTOR"                                             |
 *  8|  version (4 bytes), reserved: zero (4 bytes)                  |
 * 16|  reserved: zero (4 bytes), record length (4 bytes)            |
 * 24|  block lengths, TINY to LARGE (6 x 4 bytes)                   |
 * 48|  reserved: zero (4 bytes), clock mode at clean close (4)      |
 * 56|  first free block, TINY to LARGE (6 x 8 bytes)                |
 *104|  newest window set                                            |
 *112|  now: the engine clock at clean close                         |
 *120|  applied sequence at clean close                              |
 *128|  newest registration by pattern                               |
 *136|  count of registrations by pattern                            |
 *144|  count of free blocks, TINY to LARGE (6 x 8 bytes)            |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Writer only, except for {@link #isAbandoned()}.
 */
public final class StoreHeader {
    /** "TOLLSTOR" in ASCII, read as a little-endian word. */
    public static final long MAGIC = 0x524F_5453_4C4C_4F54L;

    /** Version of this layout and of all others in the store. */
    public static final int VERSION = 1;

    /** Length of the header in bytes. */
    public static final int LENGTH = 192;

    /** Offset of the magic. */
    public static final int MAGIC_OFFSET = 0;

    /** Offset of the version. */
    public static final int VERSION_OFFSET = 8;

    /** Offset of the length of a series record. */
    public static final int RECORD_LENGTH_OFFSET = 20;

    /** Offset of the length of a TINY block; the lengths of the other size classes follow. */
    public static final int BLOCK_LENGTHS_OFFSET = 24;

    /** Offset of the code of the clock mode. */
    public static final int CLOCK_MODE_OFFSET = 52;

    /** Offset of the first free TINY block; those of the other size classes follow. */
    public static final int FREE_BLOCKS_OFFSET = 56;

    /** Offset of the newest window set. */
    public static final int WINDOW_SET_OFFSET = 104;

    /** Offset of the engine clock. */
    public static final int NOW_OFFSET = 112;

    /** Offset of the applied sequence. */
    public static final int APPLIED_SEQUENCE_OFFSET = 120;

    /** Offset of the newest registration by pattern. */
    public static final int REGISTRATION_OFFSET = 128;

    /** Offset of the count of registrations by pattern. */
    public static final int REGISTRATION_COUNT_OFFSET = 136;

    /** Offset of the count of free TINY blocks; those of the other size classes follow. */
    public static final int FREE_COUNTS_OFFSET = 144;

    private static final String OTHER_VERSION = "; open this data directory with the version of Tollgate that made it";

    private final UnsafeBuffer buffer;

    /**
     * Creates the header in a new area, or checks the header in an existing one.
     *
     * @param area of at least {@link #LENGTH} bytes.
     * @throws IllegalStateException if the area has another layout. The message names the found and the expected value.
     */
    public StoreHeader(final MappedArea area) {
        buffer = area.buffer();
        if (area.isNew()) {
            buffer.putLong(NOW_OFFSET, Long.MIN_VALUE);
            buffer.putInt(VERSION_OFFSET, VERSION);
            buffer.putInt(RECORD_LENGTH_OFFSET, SeriesRecordDescriptor.LENGTH);
            for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
                buffer.putInt(BLOCK_LENGTHS_OFFSET + (i << 2), BlockDescriptor.length(i));
            }
            buffer.putLong(MAGIC_OFFSET, MAGIC);
        } else {
            check();
        }
    }

    /**
     * Abandons a store whose files are about to be deleted. The magic is zeroed, so that a process that has the header
     * mapped detects it. Does nothing if there is no header.
     *
     * @param files to write through.
     * @param file  of the header, which need not exist.
     * @throws IOException if the header cannot be written.
     */
    public static void abandon(final FileAccess files, final Path file) throws IOException {
        if (FileProbe.isThere(file)) {
            try (DataFile header = files.openForWrite(file)) {
                header.writeAll(ByteBuffer.allocate(Long.BYTES), MAGIC_OFFSET);
                header.force();
            }
        }
    }

    /** Returns true if the store was abandoned since this header was mapped. Any thread. */
    public boolean isAbandoned() {
        return buffer.getLongVolatile(MAGIC_OFFSET) != MAGIC;
    }

    private void check() {
        if (buffer.getLong(MAGIC_OFFSET) != MAGIC) {
            throw new DirectoryDamagedException(String.format(
                    "storeMagic=%016x, expected %016x: not a Tollgate store", buffer.getLong(MAGIC_OFFSET), MAGIC));
        }
        expect("storeVersion", VERSION_OFFSET, VERSION);
        expect("recordLength", RECORD_LENGTH_OFFSET, SeriesRecordDescriptor.LENGTH);
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            expect("blockLength", BLOCK_LENGTHS_OFFSET + (i << 2), BlockDescriptor.length(i));
        }
    }

    private void expect(final String name, final int offset, final int expected) {
        final int found = buffer.getInt(offset);
        if (found != expected) {
            throw new UnsupportedVersionException(
                    name + "=" + found + ", expected " + expected + OTHER_VERSION, Optional.empty(), found, expected);
        }
    }

    public long freeBlock(final int sizeClass) {
        return buffer.getLong(FREE_BLOCKS_OFFSET + (sizeClass << 3));
    }

    public void freeBlock(final int sizeClass, final long block) {
        buffer.putLong(FREE_BLOCKS_OFFSET + (sizeClass << 3), block);
    }

    /** Returns a lower bound of the number of free blocks; blocks freed before this count existed are not included. */
    public long freeCount(final int sizeClass) {
        return buffer.getLong(FREE_COUNTS_OFFSET + (sizeClass << 3));
    }

    public void freeCount(final int sizeClass, final long count) {
        buffer.putLong(FREE_COUNTS_OFFSET + (sizeClass << 3), count);
    }

    public long windowSet() {
        return buffer.getLong(WINDOW_SET_OFFSET);
    }

    public void windowSet(final long block) {
        buffer.putLong(WINDOW_SET_OFFSET, block);
    }

    public long registration() {
        return buffer.getLong(REGISTRATION_OFFSET);
    }

    public void registration(final long block) {
        buffer.putLong(REGISTRATION_OFFSET, block);
    }

    public long registrationCount() {
        return buffer.getLong(REGISTRATION_COUNT_OFFSET);
    }

    public void registrationCount(final long count) {
        buffer.putLong(REGISTRATION_COUNT_OFFSET, count);
    }

    public long now() {
        return buffer.getLong(NOW_OFFSET);
    }

    public long appliedSequence() {
        return buffer.getLong(APPLIED_SEQUENCE_OFFSET);
    }

    public int clockModeCode() {
        return buffer.getInt(CLOCK_MODE_OFFSET);
    }

    public void closedAt(final long now, final int clockModeCode, final long appliedSequence) {
        buffer.putLong(NOW_OFFSET, now);
        buffer.putInt(CLOCK_MODE_OFFSET, clockModeCode);
        buffer.putLong(APPLIED_SEQUENCE_OFFSET, appliedSequence);
    }
}
