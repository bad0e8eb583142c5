package io.tollgate.core.memory;

import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/**
 * Memory outside the heap, read and written in native order. Agrona's UnsafeBuffer also wraps arrays, so the compiler
 * cannot tell if an access touches an object, and reads all fields again after it. On the hot path that doubles the
 * time of a point.
 *
 * <p>Offsets are longs: an instruction that loads or stores can add a constant to a long, but not to an int. Bounds are
 * checked by assertions only. A caller that computes an offset from stored numbers must keep it in range.
 */
public final class NativeBuffer {
    private long address;
    private int length;

    /** Creates a buffer that must be wrapped before use. */
    public NativeBuffer() {}

    /**
     * Wraps other memory.
     *
     * @param newAddress of the memory.
     * @param newLength  in bytes.
     */
    public void wrap(final long newAddress, final int newLength) {
        address = newAddress;
        length = newLength;
    }

    /** {@return the address of the memory} */
    public long address() {
        return address;
    }

    /** Kept short, because the compiler counts the code that it inlines. */
    private long at(final long offset, final long size) {
        assert isInside(offset, size);
        return address + offset;
    }

    private boolean isInside(final long offset, final long size) {
        if (offset < 0 || offset > length - size) {
            throw new IndexOutOfBoundsException("offset=" + offset + " size=" + size + ", expected 0 to " + length);
        }
        return true;
    }

    /**
     * Returns the byte at an offset.
     *
     * @param offset in bytes from the start of this buffer.
     * @return the byte there.
     */
    public byte getByte(final long offset) {
        return UnsafeApi.getByte(at(offset, Byte.BYTES));
    }

    /**
     * Returns the short at an offset.
     *
     * @param offset in bytes from the start of this buffer.
     * @return the short there.
     */
    public short getShort(final long offset) {
        return UnsafeApi.getShort(at(offset, Short.BYTES));
    }

    /**
     * Returns the int at an offset.
     *
     * @param offset in bytes from the start of this buffer.
     * @return the int there.
     */
    public int getInt(final long offset) {
        return UnsafeApi.getInt(at(offset, Integer.BYTES));
    }

    /**
     * Returns the long at an offset.
     *
     * @param offset in bytes from the start of this buffer.
     * @return the long there.
     */
    public long getLong(final long offset) {
        return UnsafeApi.getLong(at(offset, Long.BYTES));
    }

    /**
     * Returns the long at an offset, with acquire.
     *
     * @param offset in bytes from the start of this buffer.
     * @return the long there.
     */
    public long getLongAcquire(final long offset) {
        return UnsafeApi.getLongAcquire(null, at(offset, Long.BYTES));
    }

    /**
     * Puts a byte.
     *
     * @param offset in bytes from the start of this buffer.
     * @param value  to write.
     */
    public void putByte(final long offset, final byte value) {
        UnsafeApi.putByte(at(offset, Byte.BYTES), value);
    }

    /**
     * Puts a short.
     *
     * @param offset in bytes from the start of this buffer.
     * @param value  to write.
     */
    public void putShort(final long offset, final short value) {
        UnsafeApi.putShort(at(offset, Short.BYTES), value);
    }

    /**
     * Puts an int.
     *
     * @param offset in bytes from the start of this buffer.
     * @param value  to write.
     */
    public void putInt(final long offset, final int value) {
        UnsafeApi.putInt(at(offset, Integer.BYTES), value);
    }

    /**
     * Puts a long.
     *
     * @param offset in bytes from the start of this buffer.
     * @param value  to write.
     */
    public void putLong(final long offset, final long value) {
        UnsafeApi.putLong(at(offset, Long.BYTES), value);
    }

    /**
     * Puts a long with release.
     *
     * @param offset in bytes from the start of this buffer.
     * @param value  to write.
     */
    public void putLongRelease(final long offset, final long value) {
        UnsafeApi.putLongRelease(null, at(offset, Long.BYTES), value);
    }

    /**
     * Fills a range with a byte.
     *
     * @param offset in bytes from the start of this buffer.
     * @param count  number of bytes.
     * @param value  to write.
     */
    public void setMemory(final long offset, final long count, final byte value) {
        UnsafeApi.setMemory(at(offset, count), count, value);
    }

    /**
     * Copies bytes from another buffer, or from this one: the ranges may overlap.
     *
     * @param offset       in bytes from the start of this buffer.
     * @param source       of the bytes.
     * @param sourceOffset in bytes from the start of the source.
     * @param count        number of bytes.
     */
    public void putBytes(final long offset, final NativeBuffer source, final long sourceOffset, final int count) {
        UnsafeApi.copyMemory(source.at(sourceOffset, count), at(offset, count), count);
    }

    /**
     * Copies bytes from an array.
     *
     * @param offset in bytes from the start of this buffer.
     * @param source of the bytes.
     */
    public void putBytes(final long offset, final byte[] source) {
        UnsafeApi.copyMemory(
                source, UnsafeApi.arrayBaseOffset(byte[].class), null, at(offset, source.length), source.length);
    }

    /**
     * Returns the given bytes as ASCII text.
     *
     * @param offset in bytes from the start of this buffer.
     * @param count  number of bytes.
     * @return the given bytes as ASCII text.
     */
    public String getAscii(final long offset, final int count) {
        final byte[] bytes = new byte[count];
        getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /**
     * Copies bytes to an array.
     *
     * @param offset in bytes from the start of this buffer.
     * @param target of the bytes, filled completely.
     */
    public void getBytes(final long offset, final byte[] target) {
        UnsafeApi.copyMemory(
                null, at(offset, target.length), target, UnsafeApi.arrayBaseOffset(byte[].class), target.length);
    }
}
