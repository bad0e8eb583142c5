package io.tollgate.core.store;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a shard must know before it can read anything else, in a file of its own: how it was made, and where its lists
 * begin. 128 bytes.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLSHRD"                                             |
 *  8|  version (4 bytes), shard index (4 bytes)                     |
 * 16|  shard count (4 bytes), record length (4 bytes)               |
 * 24|  SMALL block length (4 bytes), MEDIUM block length (4 bytes)  |
 * 32|  LARGE block length (4 bytes), clock mode at clean close (4)   |
 * 40|  first free SMALL block                                       |
 * 48|  first free MEDIUM block                                      |
 * 56|  first free LARGE block                                       |
 * 64|  newest window set                                            |
 * 72|  now: the engine clock at clean close                         |
 * 80|  applied sequence at clean close                              |
 * 88|  newest registration by pattern                               |
 * 96|  count of registrations by pattern                            |
 *104|  count of free SMALL blocks                                   |
 *112|  count of free MEDIUM blocks                                  |
 *120|  count of free LARGE blocks                                   |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Writer only, but for {@link #isGivenUp()}.
 */
public final class ShardHeader {
    /** "TOLLSHRD" in ASCII, read as a little-endian word. */
    public static final long MAGIC = 0x4452_4853_4C4C_4F54L;

    /** Version of this layout and of all others in the shard. */
    public static final int VERSION = 1;

    /** Length of the header in bytes. */
    public static final int LENGTH = 128;

    /** Offset of the magic. */
    public static final int MAGIC_OFFSET = 0;

    /** Offset of the version. */
    public static final int VERSION_OFFSET = 8;

    /** Offset of the index of this shard. */
    public static final int SHARD_INDEX_OFFSET = 12;

    /** Offset of the count of shards. */
    public static final int SHARD_COUNT_OFFSET = 16;

    /** Offset of the length of a series record. */
    public static final int RECORD_LENGTH_OFFSET = 20;

    /** Offset of the length of a SMALL block; those of the others follow. */
    public static final int BLOCK_LENGTHS_OFFSET = 24;

    /** Offset of the code of what moved the engine clock. */
    public static final int CLOCK_MODE_OFFSET = 36;

    /** Offset of the first free SMALL block; those of the other size classes follow. */
    public static final int FREE_BLOCKS_OFFSET = 40;

    /** Offset of the newest window set. */
    public static final int WINDOW_SET_OFFSET = 64;

    /** Offset of the engine clock. */
    public static final int NOW_OFFSET = 72;

    /** Offset of the applied sequence. */
    public static final int APPLIED_SEQUENCE_OFFSET = 80;

    /** Offset of the newest registration by pattern. */
    public static final int REGISTRATION_OFFSET = 88;

    /** Offset of the count of registrations by pattern. */
    public static final int REGISTRATION_COUNT_OFFSET = 96;

    /** Offset of the count of free SMALL blocks; those of the other size classes follow. */
    public static final int FREE_COUNTS_OFFSET = 104;

    private static final String OTHER_VERSION = "; open this data directory with the version of Tollgate that made it";
    private static final String MOVED = "; put each shard's directory back where it was made";

    private final UnsafeBuffer buffer;

    /**
     * The header in an area: made if that is new, checked if not.
     *
     * @param area  of at least {@link #LENGTH} bytes.
     * @param place of the shard.
     * @throws IllegalStateException naming what was found and what was expected, if the area belongs to another layout
     *                               or another shard.
     */
    ShardHeader(final MappedArea area, final ShardPlace place) {
        buffer = area.buffer();
        if (area.isNew()) {
            buffer.putLong(NOW_OFFSET, Long.MIN_VALUE);
            buffer.putInt(VERSION_OFFSET, VERSION);
            buffer.putInt(SHARD_INDEX_OFFSET, place.index());
            buffer.putInt(SHARD_COUNT_OFFSET, place.count());
            buffer.putInt(RECORD_LENGTH_OFFSET, SeriesRecordDescriptor.LENGTH);
            for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
                buffer.putInt(BLOCK_LENGTHS_OFFSET + (i << 2), BlockDescriptor.length(i));
            }
            buffer.putLong(MAGIC_OFFSET, MAGIC);
        } else {
            check(place);
        }
    }

    /**
     * What a header file says of the last clean close of its store, whatever has become of its mark.
     *
     * @param file the header.
     * @return the applied sequence; 0 if the store was never closed, or the file is none of this version.
     * @throws UncheckedIOException if it cannot be read.
     */
    static long closedSequence(final Path file) {
        return read(file)
                .map(header -> header.getLong(APPLIED_SEQUENCE_OFFSET))
                .filter(OperationDescriptor::isSequence)
                .orElse(0L);
    }

    /**
     * What moved the clock of a store, as its header file says.
     *
     * @param file the header.
     * @return the code of the mode at the last clean close; empty if the file is none of this version.
     * @throws UncheckedIOException if it cannot be read.
     */
    static OptionalInt closedClockMode(final Path file) {
        final Optional<UnsafeBuffer> header = read(file);
        return header.isPresent() ? OptionalInt.of(header.get().getInt(CLOCK_MODE_OFFSET)) : OptionalInt.empty();
    }

    /**
     * Which shard of how many a store was made for, as its header file says.
     *
     * @param file the header.
     * @return the place; empty if the file is none, or that of a store that was given up, or says what cannot be.
     * @throws UncheckedIOException if it cannot be read.
     */
    static Optional<ShardPlace> place(final Path file) {
        return read(file)
                .flatMap(header -> ShardPlace.of(header.getInt(SHARD_INDEX_OFFSET), header.getInt(SHARD_COUNT_OFFSET)));
    }

    /** The version in a header file, whichever it is; empty if the file is none. */
    static OptionalInt version(final Path file) {
        final Optional<UnsafeBuffer> header = readAny(file);
        return header.isPresent() ? OptionalInt.of(header.get().getInt(VERSION_OFFSET)) : OptionalInt.empty();
    }

    private static Optional<UnsafeBuffer> read(final Path file) {
        return readAny(file).filter(header -> header.getInt(VERSION_OFFSET) == VERSION);
    }

    private static Optional<UnsafeBuffer> readAny(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final UnsafeBuffer header = new UnsafeBuffer(in.readNBytes(LENGTH));
            return Optional.of(header)
                    .filter(found -> found.capacity() == LENGTH && found.getLong(MAGIC_OFFSET) == MAGIC);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /**
     * Gives a store up whose files are about to be deleted: who has its header mapped sees that it is none any more.
     *
     * @param files to write through.
     * @param file of the header, whether there is one or not.
     * @throws IOException if the disk refuses.
     */
    static void giveUp(final FileAccess files, final Path file) throws IOException {
        if (Presence.isThere(file)) {
            try (DataFile header = files.openForWrite(file)) {
                header.writeAll(ByteBuffer.allocate(Long.BYTES), MAGIC_OFFSET);
                header.force();
            }
        }
    }

    /** Whether a header file is that of a store that was given up, and not deleted yet. */
    static boolean isGivenUp(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final UnsafeBuffer magic = new UnsafeBuffer(in.readNBytes(Long.BYTES));
            return magic.capacity() == Long.BYTES && magic.getLong(0) == 0;
        }
    }

    /** Whether the store was given up since this header was mapped. Any thread. */
    boolean isGivenUp() {
        return buffer.getLongVolatile(MAGIC_OFFSET) != MAGIC;
    }

    private void check(final ShardPlace place) {
        if (buffer.getLong(MAGIC_OFFSET) != MAGIC) {
            throw new IllegalStateException(String.format(
                    "shardMagic=%016x, expected %016x: not a Tollgate shard", buffer.getLong(MAGIC_OFFSET), MAGIC));
        }
        expect("shardVersion", VERSION_OFFSET, VERSION, OTHER_VERSION);
        expect("shardIndex", SHARD_INDEX_OFFSET, place.index(), MOVED);
        expect("shardCount", SHARD_COUNT_OFFSET, place.count(), MOVED);
        expect("recordLength", RECORD_LENGTH_OFFSET, SeriesRecordDescriptor.LENGTH, OTHER_VERSION);
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            expect("blockLength", BLOCK_LENGTHS_OFFSET + (i << 2), BlockDescriptor.length(i), OTHER_VERSION);
        }
    }

    private void expect(final String name, final int offset, final int expected, final String advice) {
        final int found = buffer.getInt(offset);
        if (found != expected) {
            throw new IllegalStateException(name + "=" + found + ", expected " + expected + advice);
        }
    }

    long freeBlock(final int sizeClass) {
        return buffer.getLong(FREE_BLOCKS_OFFSET + (sizeClass << 3));
    }

    void freeBlock(final int sizeClass, final long block) {
        buffer.putLong(FREE_BLOCKS_OFFSET + (sizeClass << 3), block);
    }

    /** How many free blocks there are. */
    long freeCount(final int sizeClass) {
        return buffer.getLong(FREE_COUNTS_OFFSET + (sizeClass << 3));
    }

    void freeCount(final int sizeClass, final long count) {
        buffer.putLong(FREE_COUNTS_OFFSET + (sizeClass << 3), count);
    }

    long windowSet() {
        return buffer.getLong(WINDOW_SET_OFFSET);
    }

    void windowSet(final long block) {
        buffer.putLong(WINDOW_SET_OFFSET, block);
    }

    long registration() {
        return buffer.getLong(REGISTRATION_OFFSET);
    }

    void registration(final long block) {
        buffer.putLong(REGISTRATION_OFFSET, block);
    }

    long registrationCount() {
        return buffer.getLong(REGISTRATION_COUNT_OFFSET);
    }

    void registrationCount(final long count) {
        buffer.putLong(REGISTRATION_COUNT_OFFSET, count);
    }

    long now() {
        return buffer.getLong(NOW_OFFSET);
    }

    long appliedSequence() {
        return buffer.getLong(APPLIED_SEQUENCE_OFFSET);
    }

    int clockModeCode() {
        return buffer.getInt(CLOCK_MODE_OFFSET);
    }

    void closedAt(final long now, final int clockModeCode, final long appliedSequence) {
        buffer.putLong(NOW_OFFSET, now);
        buffer.putInt(CLOCK_MODE_OFFSET, clockModeCode);
        buffer.putLong(APPLIED_SEQUENCE_OFFSET, appliedSequence);
    }
}
