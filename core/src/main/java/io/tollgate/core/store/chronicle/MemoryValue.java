package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.DynamicallySized;

/**
 * The value of every map of ours: an area of constant length that is never copied, but told by its address.
 *
 * <p>{@link DynamicallySized} lets each map fix the length by a sample. Confined to one thread.
 */
public final class MemoryValue implements Byteable, DynamicallySized {
    private final int length;
    private BytesStore<?, ?> store;
    private long offset;

    /**
     * A value that lies nowhere yet.
     *
     * @param length the length of the area in bytes
     */
    public MemoryValue(final int length) {
        this.length = length;
        this.store = BytesStore.empty();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void bytesStore(final BytesStore bytesStore, final long offset, final long length) {
        if (length != this.length) {
            throw new IllegalArgumentException("length=" + length + ", expected " + this.length);
        }
        this.store = bytesStore;
        this.offset = offset;
    }

    @Override
    public BytesStore<?, ?> bytesStore() {
        return store;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long address() {
        return store.addressForRead(offset);
    }

    @Override
    public long maxSize() {
        return length;
    }
}
