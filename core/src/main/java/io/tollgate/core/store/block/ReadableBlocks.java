package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_LIMIT;
import static io.tollgate.core.store.block.BlockDescriptor.index;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;

import io.tollgate.core.store.memory.AreaTable;
import java.util.Arrays;

/**
 * The blocks of a store by size class, for readers in the engine that writes the store, or in another process. Any
 * thread may call it with any number while the store is open.
 */
public class ReadableBlocks {
    /** A table for each value that the bits of a size class can have; those of no block are empty. */
    private final AreaTable[] areas;

    /** The number of points or versions that fit the blocks known at the last refresh. */
    private volatile long room;

    /**
     * Creates a view of the blocks at the addresses in tables.
     *
     * @param areas a table for each size class, by block index.
     */
    public ReadableBlocks(final AreaTable[] areas) {
        this.areas = Arrays.copyOf(areas, SIZE_CLASS_LIMIT);
        Arrays.fill(this.areas, SIZE_CLASS_COUNT, SIZE_CLASS_LIMIT, new AreaTable(BlockDescriptor.HEADER_LENGTH, 1));
    }

    /**
     * Returns the address of a block.
     *
     * @param blockNumber any number.
     * @return its address, 0 if there is no such block.
     */
    public final long address(final long blockNumber) {
        final long address = areas[sizeClass(blockNumber)].get(index(blockNumber));
        return address == 0 ? searchBlock(blockNumber) : address;
    }

    private long searchBlock(final long blockNumber) {
        final int sizeClass = sizeClass(blockNumber);
        return sizeClass < SIZE_CLASS_COUNT ? search(sizeClass, index(blockNumber)) : 0;
    }

    /** Searches for a block that is not in the tables yet; a view in another process overrides this. */
    public long search(final int sizeClass, final long index) {
        return 0;
    }

    /**
     * Returns true if a tree can have a number of points or versions. A tree with a larger count than all blocks can
     * hold is torn or forged, and a loop that trusts the count would not end. Usually takes one load and one
     * comparison.
     *
     * @param count number of points or versions in a record.
     * @return false if there is no room for them.
     */
    public boolean canHold(final long count) {
        return count <= room || count <= refreshCapacity(count);
    }

    private long refreshCapacity(final long count) {
        if (count > knownCapacity()) {
            refresh();
        }
        final long found = knownCapacity();
        room = found;
        return found;
    }

    private long knownCapacity() {
        long sum = 0;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            sum += areas[sizeClass].covered() * PointBlockDescriptor.capacity(sizeClass);
        }
        return sum;
    }

    /** Updates the tables with blocks that were added since. */
    public void refresh() {
        // The writer creates all blocks itself, so its tables are up to date.
    }
}
