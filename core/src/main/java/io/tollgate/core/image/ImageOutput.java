package io.tollgate.core.image;

import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;

/** The bytes of an image, written one field after the other. An instance belongs to one thread. */
final class ImageOutput {
    private static final int MAX_TEXT_LENGTH = 0xFFFF;

    private final ImageFrame.Type type;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int position = ImageFrame.FIELDS_OFFSET;

    ImageOutput(final ImageFrame.Type type) {
        this.type = type;
        ImageFrame.begin(buffer, type);
    }

    /** Returns the offset of the next field. */
    int position() {
        return position;
    }

    /** Returns the written bytes. */
    ExpandableArrayBuffer buffer() {
        return buffer;
    }

    /** Moves over a field that was written directly. */
    void position(final int offset) {
        position = offset;
    }

    ImageOutput putByte(final int value) {
        buffer.putByte(position, (byte) value);
        position += Byte.BYTES;
        return this;
    }

    ImageOutput putInt(final int value) {
        buffer.putInt(position, value);
        position += Integer.BYTES;
        return this;
    }

    ImageOutput putLong(final long value) {
        buffer.putLong(position, value);
        position += Long.BYTES;
        return this;
    }

    /** Writes a text: two bytes of length, and UTF-8. */
    ImageOutput putText(final String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes two bytes of length, and the bytes. */
    ImageOutput putBytes(final byte[] bytes) {
        ImageFrame.requireLength(type, "textLength=" + bytes.length, (long) position + Short.BYTES + bytes.length);
        if (bytes.length > MAX_TEXT_LENGTH) {
            throw new IllegalStateException("image=" + type + " textLength=" + bytes.length + ", expected at most "
                    + MAX_TEXT_LENGTH + " bytes of UTF-8; shorten the code of the member or the name of the node");
        }
        buffer.putShort(position, (short) bytes.length);
        buffer.putBytes(position + Short.BYTES, bytes);
        position += Short.BYTES + bytes.length;
        return this;
    }

    /** Completes the image, and returns its bytes. */
    byte[] end() {
        ImageFrame.requireLength(type, "fields", position);
        return ImageFrame.end(buffer, position);
    }
}
