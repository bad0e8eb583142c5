package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.DynamicallySized;

/**
 * The value of every map of ours: an area of constant length that is never copied, but told by its address.
 *
 * <p>{@link DynamicallySized} lets each map fix the length by a sample. Confined to one thread.
 */
public final class MemoryValue extends FixedBytes implements DynamicallySized {
    /**
     * A value that lies nowhere yet.
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
