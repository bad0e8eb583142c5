package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.DynamicallySized;

/**
 * The value of every map of the store: an area of constant length, which is never copied but reported by its address.
 *
 * <p>{@link DynamicallySized} lets each map fix the length by a sample. Confined to one thread.
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
