package io.tollgate.core.store.chronicle;

import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;

/** A constant number of bytes in memory of Chronicle. The memory must stay reachable while this object is in use. */
abstract class FixedBytes implements Byteable {
    private final int length;
    private BytesStore<?, ?> store = BytesStore.empty();
    private long offset;

    FixedBytes(final int length) {
        this.length = length;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public final void bytesStore(final BytesStore bytesStore, final long offset, final long length) {
        if (length != this.length) {
            throw new IllegalArgumentException("length=" + length + ", expected " + this.length);
        }
        this.store = bytesStore;
        this.offset = offset;
    }

    @Override
    public final BytesStore<?, ?> bytesStore() {
        return store;
    }

    @Override
    public final long offset() {
        return offset;
    }

    @Override
    public final long maxSize() {
        return length;
    }
}
