package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.BlockDescriptor.index;
import static io.tollgate.core.store.BlockDescriptor.sizeClass;

/**
 * The blocks of one shard in their three size classes, as readers see them: of the engine that writes them, or of
 * another process that looks on. Any thread, with any number, while the store is open.
 */
public class ReadableBlocks {
    private final LongPages[] addresses;

    /**
     * The blocks at some addresses.
     *
     * @param addresses by index, a table for each size class.
     */
    ReadableBlocks(final LongPages[] addresses) {
        this.addresses = addresses.clone();
    }

    /**
     * The address of a block.
     *
     * @param blockNumber any number.
     * @return its address, 0 if there is no such block.
     */
    public final long address(final long blockNumber) {
        final int sizeClass = sizeClass(blockNumber);
        if (sizeClass == SIZE_CLASS_COUNT) {
            return 0;
        }
        final long index = index(blockNumber);
        final long address = addresses[sizeClass].get(index);
        return address == 0 ? look(sizeClass, index) : address;
    }

    /** Looks once more for a block that was not there: nobody but the engine that makes blocks knows them at once. */
    long look(final int sizeClass, final long index) {
        return 0;
    }
}
