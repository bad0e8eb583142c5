package io.tollgate.core.store;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The file that says into how many shards a data directory is divided: {@code tollgate.header}, 64 bytes, written when
 * that is begun, and once more when all shards have been opened: from then on none may be missing.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLDATA"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  shard count (4 bytes), 1 once all were there (4 bytes)        |
 * 24|  reserved (40 bytes)                                          |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A directory that was made before there was such a file has one shard, and gets the file when it is opened. For
 * control threads that have locked the directory.
 */
public final class DirectoryHeader {
    /** The name of the file in the data directory. */
    public static final String FILE_NAME = "tollgate.header";

    static final long MAGIC = 0x4154_4144_4C4C_4F54L;
    static final int VERSION = 1;
    static final int SHARD_COUNT_OFFSET = 16;
    static final int DIVIDED_OFFSET = SHARD_COUNT_OFFSET + Integer.BYTES;
    static final int LENGTH = 64;

    /** Of another version, which is told from damage. */
    private static final int MAX_LENGTH = 1 << 10;

    private DirectoryHeader() {}

    /**
     * Makes sure that a data directory is divided into as many shards as wanted: says so in a new one, checks an older
     * one.
     *
     * @param files         to write through.
     * @param dataDirectory that exists, locked by this process.
     * @param shardCount    wanted.
     * @throws IllegalStateException naming what was found and what was expected, if the directory was made with another
     *                               count, or the header is missing, damaged or of another version.
     * @throws UncheckedIOException  if the file cannot be read or made.
     */
    public static void require(final FileAccess files, final Path dataDirectory, final int shardCount) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            final boolean isThere = Presence.isThere(file);
            final int found = isThere ? read(file) : countWithoutHeader(dataDirectory, shardCount);
            if (found != shardCount) {
                throw new IllegalStateException("dataDirectory=" + dataDirectory + " shardCount=" + shardCount
                        + ", expected " + found + " as the directory was made with; open it with that count, or replay"
                        + " its points into a new directory");
            }
            if (!isThere) {
                write(files, file, shardCount, false);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read or made", e);
        }
    }

    private static int countWithoutHeader(final Path dataDirectory, final int shardCount) {
        if (Presence.isThere(dataDirectory.resolve("shard-1"))) {
            throw new IllegalStateException("file=" + dataDirectory.resolve(FILE_NAME)
                    + " is missing beside several shards, expected it there; run recover, or restore it from a backup");
        }
        return Presence.isThere(dataDirectory.resolve("shard-0")) ? 1 : shardCount;
    }

    private static int read(final Path file) throws IOException {
        final byte[] bytes = WholeFile.read(file, MAX_LENGTH);
        if (!isWhole(file, bytes)) {
            throw new IllegalStateException("file=" + file + " is damaged, expected " + LENGTH
                    + " bytes with a right crc32c and a count of shards from 1 to " + ShardPlace.MAX_COUNT
                    + "; run recover, or restore it from a backup");
        }
        return shardCount(bytes);
    }

    /** Whether it is as it was written, and says what may be. */
    private static boolean isWhole(final Path file, final byte[] bytes) {
        if (!FileSeal.isWhole(bytes, MAGIC)) {
            return false;
        }
        OtherVersionException.requireNone(file, bytes, VERSION);
        return bytes.length == LENGTH && shardCount(bytes) >= 1 && shardCount(bytes) <= ShardPlace.MAX_COUNT;
    }

    private static int shardCount(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(SHARD_COUNT_OFFSET);
    }

    /**
     * Whether a data directory has a header that was damaged.
     *
     * @param dataDirectory of an engine.
     * @return false if it has none.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the file cannot be read.
     */
    public static boolean isDamaged(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            return Presence.isThere(file) && !isWhole(file, WholeFile.read(file, MAX_LENGTH));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /**
     * Whether a data directory has a header, or one that is being made and has not its name yet.
     *
     * @param dataDirectory to look in.
     * @return true also if that is damaged.
     */
    public static boolean isThere(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        return Presence.isThere(file) || Presence.isThere(WholeFile.unfinished(file));
    }

    /**
     * Whether a data directory has a header that is shorter than one is.
     *
     * @param dataDirectory to look in.
     * @return false if it has none.
     * @throws UncheckedIOException if the file cannot be read.
     */
    public static boolean isCutShort(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            return Presence.isThere(file) && Files.size(file) < LENGTH;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /**
     * Removes a header that is cut short, and one that has not its name yet.
     *
     * @param files         to write through.
     * @param dataDirectory without a shard, locked by this process.
     * @throws UncheckedIOException if the files cannot be deleted.
     */
    public static void removeBegun(final FileAccess files, final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            files.delete(WholeFile.unfinished(file));
            files.delete(file);
            files.forceDirectory(dataDirectory);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be deleted; check the disk", e);
        }
    }

    /**
     * Into how many shards a data directory is divided.
     *
     * @param dataDirectory of an engine, with a header that is not damaged, or none.
     * @return the count, empty if there is no header.
     * @throws IllegalStateException if it is damaged.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the file cannot be read.
     */
    public static OptionalInt shardCount(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            return Presence.isThere(file) ? OptionalInt.of(read(file)) : OptionalInt.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /**
     * Puts a new header in the place of a damaged or missing one.
     *
     * @param files         to write through.
     * @param dataDirectory of an engine, locked by this process.
     * @param shardCount    that it was divided into.
     * @throws UncheckedIOException if the file cannot be made.
     */
    public static void replace(final FileAccess files, final Path dataDirectory, final int shardCount) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            write(files, file, shardCount, false);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be made", e);
        }
    }

    /**
     * Says that the directories of all shards are there, and on disk. The directory is on disk when this returns.
     *
     * @param files         to write through.
     * @param dataDirectory with a header, locked by this process.
     * @param shardCount    that it is divided into.
     * @throws UncheckedIOException if the file cannot be made.
     */
    public static void setDivided(final FileAccess files, final Path dataDirectory, final int shardCount) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            if (!isDivided(dataDirectory)) {
                files.forceDirectory(dataDirectory);
                write(files, file, shardCount, true);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be made", e);
        }
    }

    /**
     * Whether the directories of all shards were there before.
     *
     * @param dataDirectory of an engine.
     * @return false also where the header does not say so: it is damaged or missing.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the file cannot be read.
     */
    public static boolean isDivided(final Path dataDirectory) {
        final Path file = dataDirectory.resolve(FILE_NAME);
        try {
            if (!Presence.isThere(file)) {
                return false;
            }
            final byte[] bytes = WholeFile.read(file, MAX_LENGTH);
            return isWhole(file, bytes)
                    && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(DIVIDED_OFFSET) == 1;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    private static void write(final FileAccess files, final Path file, final int shardCount, final boolean isDivided)
            throws IOException {
        final byte[] bytes = new byte[LENGTH];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SHARD_COUNT_OFFSET, shardCount)
                .putInt(DIVIDED_OFFSET, isDivided ? 1 : 0);
        WholeFile.write(files, file, FileSeal.seal(bytes, MAGIC, VERSION));
    }
}
