package io.tollgate.core.operation;

import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * A flyweight for one kind of record.
 *
 * @param <T> its own type.
 */
public abstract class OperationFlyweight<T extends OperationFlyweight<T>> {
    MutableDirectBuffer buffer;
    int offset;

    OperationFlyweight() {}

    /**
     * Wraps an existing record. The caller must check its type and length.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return this.
     */
    @SuppressWarnings("unchecked")
    public T wrap(final MutableDirectBuffer buffer, final int offset) {
        if (this.buffer != buffer) { // A garbage collector may follow a change of a reference with a memory barrier.
            this.buffer = buffer;
        }
        this.offset = offset;
        return (T) this;
    }

    /** {@return the buffer that holds the record} */
    public final MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Decodes a text in UTF-8; allocates. */
    final String text(final int fieldOffset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset + fieldOffset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
