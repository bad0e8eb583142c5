package io.tollgate.core.file;

import io.tollgate.api.UnsupportedVersionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The header of a small file that is written and read as a whole.
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
    /** The length of the header; the contents start here. */
    public static final int LENGTH = 16;

    /** The offset of the version. */
    public static final int VERSION_OFFSET = 8;

    /** The offset of the checksum. */
    public static final int CRC_OFFSET = 12;

    private FileSeal() {}

    /**
     * Writes the header of a file whose contents are complete.
     *
     * @param bytes   the whole file.
     * @param magic   of the kind of file.
     * @param version of its layout.
     * @return the same bytes as a buffer that is ready to be written.
     */
    public static ByteBuffer seal(final byte[] bytes, final long magic, final int version) {
        final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, magic).putInt(VERSION_OFFSET, version);
        return file.putInt(CRC_OFFSET, crc(bytes));
    }

    /**
     * Returns true if a file has the given kind and a valid checksum.
     *
     * @param bytes the whole file.
     * @param magic of the kind of file.
     * @return false also if the file is shorter than the header.
     */
    public static boolean isIntact(final byte[] bytes, final long magic) {
        if (bytes.length < LENGTH) {
            return false;
        }
        final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return file.getLong(0) == magic && file.getInt(CRC_OFFSET) == crc(bytes);
    }

    /**
     * Returns the version of the layout of an intact file.
     *
     * @param bytes the whole file.
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
     * Requires a version of the layout.
     *
     * @param path    of the file.
     * @param bytes   from the beginning of the file; its checksum is valid.
     * @param version that this code reads.
     * @throws UnsupportedVersionException if the file has another version.
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
