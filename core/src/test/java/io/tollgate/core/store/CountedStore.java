package io.tollgate.core.store;

import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.memory.AreaTable;
import java.util.stream.Stream;

/**
 * A store that delegates to another one, counts the requests for blocks, and calls back at each of them. One thread.
 */
public final class CountedStore extends ReadableStore {
    private final ReadableStore store;
    private final Blocks blocks;

    public CountedStore(final ReadableStore store) {
        super(nothing());
        this.store = store;
        blocks = new Blocks(store.blocks());
    }

    private static AreaTable nothing() {
        return new AreaTable(Long.BYTES, 1);
    }

    private static final class Blocks extends ReadableBlocks {
        private final ReadableBlocks blocks;
        private long count;
        private Runnable onRead = () -> {};

        private Blocks(final ReadableBlocks blocks) {
            super(Stream.generate(CountedStore::nothing)
                    .limit(BlockDescriptor.SIZE_CLASS_COUNT)
                    .toArray(AreaTable[]::new));
            this.blocks = blocks;
        }

        @Override
        public boolean canHold(final long pointCount) {
            return blocks.canHold(pointCount);
        }

        @Override
        public long search(final int sizeClass, final long index) {
            count++;
            onRead.run();
            return blocks.address(BlockDescriptor.blockNumber(index, sizeClass));
        }
    }

    /** Sets an action that runs at each request for a block. */
    public void onRead(final Runnable action) {
        blocks.onRead = action;
    }

    /** Returns the number of requests for blocks. */
    public long blockCount() {
        return blocks.count;
    }

    @Override
    public long search(final long seriesNumber) {
        return store.recordAddress(seriesNumber);
    }

    @Override
    public ReadableBlocks blocks() {
        return blocks;
    }

    @Override
    public long namedCount() {
        return store.namedCount();
    }

    @Override
    public long find(final String key) {
        return store.find(key);
    }

    @Override
    public String keyOf(final long seriesNumber) {
        return store.keyOf(seriesNumber);
    }
}
