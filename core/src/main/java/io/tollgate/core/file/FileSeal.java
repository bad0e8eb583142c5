package io.tollgate.core.file;

import io.tollgate.api.UnsupportedVersionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a small file begins that is written and read as a whole.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic: what kind of file it is, eight characters             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 *   +---------------------------------------------------------------+
 * 16|  what it says                                                 |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Little-endian.
 */
public final class FileSeal {
    /** Where behind the seal begins what the file says, in bytes. */
    public static final int LENGTH = 16;

    /** Where the version stands. */
    public static final int VERSION_OFFSET = 8;

    /** Where the checksum stands. */
    public static final int CRC_OFFSET = 12;

    private FileSeal() {}

    /**
     * Writes the seal of a file that is otherwise complete.
     *
     * @param bytes   all of the file.
     * @param magic   of its kind.
     * @param version of its layout.
     * @return the same bytes, to be written from the first to the last.
     */
    public static ByteBuffer seal(final byte[] bytes, final long magic, final int version) {
        final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, magic).putInt(VERSION_OFFSET, version);
        return file.putInt(CRC_OFFSET, crc(bytes));
    }

    /**
     * Whether a file is of a kind, and as it was written.
     *
     * @param bytes all of the file.
     * @param magic of the kind.
     * @return false also of a file that is shorter than a seal.
     */
    public static boolean isIntact(final byte[] bytes, final long magic) {
        if (bytes.length < LENGTH) {
            return false;
        }
        final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return file.getLong(0) == magic && file.getInt(CRC_OFFSET) == crc(bytes);
    }

    /**
     * The version of the layout of a file that is whole.
     *
     * @param bytes all of the file.
     * @return the version.
     */
    public static int version(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(VERSION_OFFSET);
    }

    private static int crc(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        crc.update(new byte[Integer.BYTES]);
        crc.update(bytes, LENGTH, bytes.length - LENGTH);
        return (int) crc.getValue();
    }

    /**
     * Makes sure that this version has written a file.
     *
     * @param path    of the file.
     * @param bytes   from its beginning on; its seal is whole.
     * @param version that is read.
     * @throws UnsupportedVersionException if another version has.
     */
    public static void requireVersion(final Path path, final byte[] bytes, final int version) {
        final int found = version(bytes);
        if (found != version) {
            throw new UnsupportedVersionException(
                    "file=" + path + " version=" + found + ", expected version=" + version
                            + "; open this data directory with the version of Tollgate that made it",
                    Optional.of(path),
                    found,
                    version);
        }
    }
}
