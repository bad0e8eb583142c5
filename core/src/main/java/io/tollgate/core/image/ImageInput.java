package io.tollgate.core.image;

import io.tollgate.api.series.Instants;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fields of an image, read one after the other. Each read checks that its bytes are there. An instance belongs to
 * one thread.
 */
final class ImageInput {
    private final ImageFrame.Type type;
    private final UnsafeBuffer buffer;
    private final int end;
    private int position;

    ImageInput(final ImageFrame.Type type, final UnsafeBuffer buffer, final int begin, final int end) {
        this.type = type;
        this.buffer = buffer;
        this.end = end;
        position = begin;
    }

    /** Returns the offset of the next field in {@link #buffer()}, and moves over it. */
    int next(final String name, final int length) {
        if (length > end - position) {
            throw damage(name + "=bytesLeft=" + (end - position), length + " bytes");
        }
        final int offset = position;
        position += length;
        return offset;
    }

    /** {@return the number of bytes after the last field read} */
    int bytesLeft() {
        return end - position;
    }

    /** {@return the bytes of the image} */
    UnsafeBuffer buffer() {
        return buffer;
    }

    byte nextByte(final String name) {
        return buffer.getByte(next(name, Byte.BYTES));
    }

    int nextInt(final String name) {
        return buffer.getInt(next(name, Integer.BYTES));
    }

    long nextLong(final String name) {
        return buffer.getLong(next(name, Long.BYTES));
    }

    /** Reads a flag: 0 or 1. */
    boolean nextFlag(final String name) {
        final byte flag = nextByte(name);
        require(flag == 0 || flag == 1, name, Byte.toString(flag), "0 or 1");
        return flag == 1;
    }

    /** Reads an instant, or {@link Instants#NONE}. */
    long nextInstant(final String name) {
        return requireInstant(name, nextLong(name), true);
    }

    /** Refuses an instant out of range. */
    long requireInstant(final String name, final long instantNs, final boolean isOptional) {
        final boolean isInRange = instantNs >= Instants.MIN && instantNs <= Instants.MAX;
        if (!isInRange && !(isOptional && instantNs == Instants.NONE)) {
            throw damage(
                    name + '=' + instantNs, Instants.MIN + " to " + Instants.MAX + (isOptional ? ", or none" : ""));
        }
        return instantNs;
    }

    /** Reads the number of items of a minimum length that follow. A forged number is refused before any allocation. */
    int nextCount(final String name, final int itemLength, final int max) {
        final int count = nextInt(name);
        require(count >= 0 && count <= max, name, Integer.toString(count), "0 to " + max);
        require(
                count <= (end - position) / itemLength,
                name,
                count + " bytesLeft=" + (end - position),
                "room for items of " + itemLength + " bytes");
        return count;
    }

    /** Reads two bytes of length, and as many bytes. */
    byte[] nextBytes(final String name, final int maxLength) {
        final int length = buffer.getShort(next(name, Short.BYTES)) & 0xFFFF;
        require(length <= maxLength, name + "Length", Integer.toString(length), "at most " + maxLength);
        final int offset = next(name, length);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /** Reads a text: two bytes of length, and well-formed UTF-8. */
    String nextText(final String name, final int maxLength) {
        final byte[] bytes = nextBytes(name, maxLength);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        require(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes), name, text, "well-formed UTF-8");
        return text;
    }

    /** Refuses bytes after the last field. */
    void requireEnd() {
        require(position == end, "bytesLeft", Integer.toString(end - position), "no more fields");
    }

    /** Refuses the image unless a condition holds. A check of each version makes its texts only if it fails. */
    void require(final boolean isMet, final String name, final String found, final String expected) {
        if (!isMet) {
            throw damage(name + '=' + found, expected);
        }
    }

    /** Creates the exception that refuses the image. */
    ImageDamage damage(final String found, final String expected) {
        return new ImageDamage(type, found + " offset=" + position, expected);
    }

    /** Creates the exception that refuses the image because of the exception of a constructor. */
    IllegalArgumentException damage(final IllegalArgumentException cause) {
        if (cause instanceof ImageDamage) {
            return cause;
        }
        final ImageDamage damage = damage("value=invalid", "valid values: " + cause.getMessage());
        damage.initCause(cause);
        return damage;
    }
}
