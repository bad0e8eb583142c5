package io.tollgate.core.image;

import io.tollgate.api.LimitExceededException;
import io.tollgate.api.UnsupportedVersionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frame of every image. All numbers are little-endian.
 *
 * <pre>
 *   0                                   4                 6                 8
 *   +-----------------------------------+-----------------+-----------------+
 *   |               magic               |     version     | reserved: zero  |    0
 *   +-----------------------------------+-----------------+-----------------+
 *   |     length of the whole image     |     the fields of the type ...    |    8
 *   +-----------------------------------+-----------------------------------+
 *   |     CRC-32C of all bytes before   |   length - 4
 *   +-----------------------------------+
 * </pre>
 *
 * <p>All methods are static and access only the given bytes.
 */
final class ImageFrame {
    /** Offset of the magic: four bytes. */
    static final int MAGIC_OFFSET = 0;

    /** Offset of the version: two bytes. */
    static final int VERSION_OFFSET = 4;

    /** Offset of the length of the whole image in bytes: four bytes. */
    static final int LENGTH_OFFSET = 8;

    /** Offset of the first field of a type. */
    static final int FIELDS_OFFSET = 12;

    /** Length of the checksum at the end. */
    static final int CHECKSUM_LENGTH = Integer.BYTES;

    /** The longest image in bytes: 43 million versions without references. */
    static final int MAX_LENGTH = 1 << 30;

    private static final int MIN_LENGTH = FIELDS_OFFSET + CHECKSUM_LENGTH;

    /**
     * The types of images. Their codes are in files, so they never change.
     */
    enum Type {
        /** One series. */
        SERIES(0x4953_4754, 1),
        /** The header of an engine; the images of its series follow. */
        ENGINE(0x4945_4754, 1);

        private final int magic;
        private final int version;

        Type(final int magic, final int version) {
            this.magic = magic;
            this.version = version;
        }

        /** {@return the name in messages} */
        @Override
        public String toString() {
            return this == SERIES ? "series" : "engine";
        }
    }

    private ImageFrame() {}

    /** Begins an image at the start of a buffer. */
    static void begin(final MutableDirectBuffer buffer, final Type type) {
        buffer.putInt(MAGIC_OFFSET, type.magic);
        buffer.putInt(VERSION_OFFSET, type.version);
    }

    /** Refuses to write an image longer than a reader accepts. */
    static void requireLength(final Type type, final String subject, final long length) {
        if (length > MAX_LENGTH - CHECKSUM_LENGTH) {
            throw new LimitExceededException(
                    "image=" + type + ' ' + subject + " length=" + length + ", expected at most " + MAX_LENGTH
                            + " bytes; forget history with retain, or copy the directory with a backup",
                    "MAX_LENGTH",
                    MAX_LENGTH);
        }
    }

    /** Completes the image at the start of a buffer, and returns its bytes. */
    static byte[] end(final ExpandableArrayBuffer buffer, final int fieldsEnd) {
        final int length = fieldsEnd + CHECKSUM_LENGTH;
        buffer.putInt(LENGTH_OFFSET, length);
        buffer.putInt(fieldsEnd, checksum(buffer.byteArray(), fieldsEnd));
        final byte[] image = new byte[length];
        buffer.getBytes(0, image);
        return image;
    }

    private static int checksum(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Opens the image that fills an array, and returns its fields. */
    static ImageInput open(final byte[] bytes, final Type type) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (bytes.length < MIN_LENGTH) {
            throw new ImageDamage(type, "length=" + bytes.length, "at least " + MIN_LENGTH + " bytes");
        }
        final int length = length(buffer, type);
        if (length != bytes.length) {
            throw new ImageDamage(
                    type, "length=" + length + " bytes=" + bytes.length, "the whole image and no other bytes");
        }
        final int end = length - CHECKSUM_LENGTH;
        final int found = checksum(bytes, end);
        if (found != buffer.getInt(end)) {
            throw new ImageDamage(type, "checksum=" + found, "checksum=" + buffer.getInt(end));
        }
        return new ImageInput(type, buffer, FIELDS_OFFSET, end);
    }

    /** Checks magic and version, and returns the length. */
    private static int length(final UnsafeBuffer buffer, final Type type) {
        final int magic = buffer.getInt(MAGIC_OFFSET);
        if (magic != type.magic) {
            throw new ImageDamage(
                    type, "magic=" + Integer.toHexString(magic), "the image of " + type + " (" + magicText(type) + ')');
        }
        final int version = buffer.getShort(VERSION_OFFSET) & 0xFFFF;
        if (version != type.version) {
            throw new UnsupportedVersionException(
                    "image=" + type + " version=" + version + ", expected version=" + type.version
                            + "; read it with the version of Tollgate that wrote it",
                    Optional.empty(),
                    version,
                    type.version);
        }
        final int length = buffer.getInt(LENGTH_OFFSET);
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new ImageDamage(type, "length=" + length, MIN_LENGTH + " to " + MAX_LENGTH);
        }
        if (buffer.getShort(VERSION_OFFSET + Short.BYTES) != 0) {
            throw new ImageDamage(type, "reserved=" + buffer.getShort(VERSION_OFFSET + Short.BYTES), "0");
        }
        return length;
    }

    private static String magicText(final Type type) {
        return Integer.toHexString(type.magic);
    }

    /** Reads the bytes of one image. Memory grows with the bytes that are there, and not with a forged length. */
    static byte[] read(final InputStream in, final Type type) {
        try {
            final byte[] begin = in.readNBytes(FIELDS_OFFSET);
            if (begin.length < FIELDS_OFFSET) {
                throw new ImageDamage(type, "length=" + begin.length, "at least " + MIN_LENGTH + " bytes");
            }
            final int length = length(new UnsafeBuffer(begin), type);
            final byte[] rest = in.readNBytes(length - FIELDS_OFFSET);
            if (rest.length < length - FIELDS_OFFSET) {
                throw new ImageDamage(
                        type, "length=" + length + " bytes=" + (FIELDS_OFFSET + rest.length), "the whole image");
            }
            final byte[] image = new byte[length];
            System.arraycopy(begin, 0, image, 0, FIELDS_OFFSET);
            System.arraycopy(rest, 0, image, FIELDS_OFFSET, rest.length);
            return image;
        } catch (final IOException e) {
            throw new UncheckedIOException("image=" + type + ": cannot be read; check the stream", e);
        }
    }
}
