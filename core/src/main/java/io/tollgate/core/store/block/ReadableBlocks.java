package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.index;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;

import io.tollgate.core.store.memory.AreaTable;

/**
 * The blocks of a store in their size classes, as readers see them: of the engine that writes them, or of
 * another process that looks on. Any thread, with any number, while the store is open.
 */
public class ReadableBlocks {
    private final AreaTable[] areas;

    /** How many points or versions the blocks have room for that were known at the last look. */
    private volatile long room;

    /**
     * The blocks at some addresses.
     *
     * @param areas by index, a table for each size class.
     */
    public ReadableBlocks(final AreaTable[] areas) {
        this.areas = areas.clone();
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
        final long address = areas[sizeClass].get(index);
        return address == 0 ? search(sizeClass, index) : address;
    }

    /** Looks once more for a block that was not there: nobody but the engine that makes blocks knows them at once. */
    public long search(final int sizeClass, final long index) {
        return 0;
    }

    /**
     * Returns true if a tree can have so many points or versions. A tree that claims more than all blocks have room for
     * is torn or forged, and a loop that trusts the claim would not end. Usually one load and one comparison.
     *
     * @param count of points or versions, as a record says.
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

    /** Looks whether there is room that was not there. */
    public void refresh() {
        // The writer itself makes blocks, so it knows all of them.
    }
}
