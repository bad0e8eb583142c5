package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.DynamicallySized;

/**
 * The value of every map of the store: an area of constant length. The area is never copied. Callers access it by its
 * address.
 *
 * <p>Because of {@link DynamicallySized}, each map gets its value length from a sample. Confined to one thread.
 */
public final class MemoryValue extends FixedBytes implements DynamicallySized {
    /**
     * Creates a value without an address.
     *
     * @param length the length of the area in bytes
     */
    public MemoryValue(final int length) {
        super(length);
    }

    @Override
    public long address() {
        return bytesStore().addressForRead(offset());
    }
}
