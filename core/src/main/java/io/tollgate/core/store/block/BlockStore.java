package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.BLOCK_NUMBER_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SERIES_NUMBER_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_FREE;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.VERSION;
import static io.tollgate.core.store.block.BlockDescriptor.VERSION_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.blockNumber;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.store.chain.RecordChain;
import java.io.UncheckedIOException;
import org.agrona.ErrorHandler;

/**
 * The blocks of a store in their size classes, with a list of the free ones for each.
 *
 * <p>Writer only, but for {@link #address(long)}.
 */
public final class BlockStore extends ReadableBlocks {
    /** How many blocks are asked for. */
    @FunctionalInterface
    public interface Demand {
        /**
         * The blocks of one size.
         *
         * @param sizeClass TINY to LARGE.
         * @return how many of them.
         */
        long of(int sizeClass);
    }

    /**
     * Most blocks of a size class that one operation takes: TINY points and versions; SMALL also a history; HALF points
     * and versions; MEDIUM points, versions, roots above both, window states and a window set; DOUBLE points, versions
     * and roots above both; LARGE window states and a path of split nodes, over trees of up to a million points or
     * versions.
     */
    private static final int[] BLOCKS_PER_OPERATION = {2, 3, 2, 6, 4, 6};

    private static final int MAX_OPERATIONS_AHEAD = 64;

    private static final long RETRY_NS = 100_000_000;

    private final RecordChain[] chains;
    private final StoreHeader header;
    private final NativeBuffer block = new NativeBuffer();
    private volatile long stallCount;
    private final ErrorHandler errorHandler;
    private final boolean[] isRefused = new boolean[SIZE_CLASS_COUNT];
    private final long[] refusedNs = new long[SIZE_CLASS_COUNT];
    private final boolean[] isDiskFull = new boolean[SIZE_CLASS_COUNT];

    /**
     * Lower bound of the operations that find their blocks without more room. Each allocated block lowers it by 1, so
     * most calls need not look at each size class.
     */
    private long sureOperations;

    /**
     * Takes over what chains and a header hold.
     *
     * @param chains       a size class each.
     * @param header       of the store.
     * @param errorHandler is told why there is no room, if the disk is not the reason; called by the writer.
     */
    public BlockStore(final RecordChain[] chains, final StoreHeader header, final ErrorHandler errorHandler) {
        super(RecordChain.areas(chains));
        this.chains = chains;
        this.header = header;
        this.errorHandler = errorHandler;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            requireFreeCount(header.freeCount(sizeClass), sizeClass, chains[sizeClass].size());
        }
    }

    /** How many maps are made rests on it. */
    private static void requireFreeCount(final long freeCount, final int sizeClass, final long blockCount) {
        if (freeCount < 0 || freeCount > blockCount) {
            throw new DirectoryDamagedException("freeCount=" + freeCount + " sizeClass=" + sizeClass + ", expected 0.."
                    + blockCount + ", as many as there are blocks at most; restore the data directory");
        }
    }

    /**
     * Returns how many operations to take at a time: as many as are sure to find the blocks that they may need without
     * more room. So the writer waits for a map only if not even one finds its blocks.
     *
     * @param limit most operations to take, 0 or more.
     * @return the count, 1 or more unless the limit is 0.
     */
    public int operationsAtATime(final int limit) {
        if (limit <= sureOperations) {
            return limit;
        }
        long count = limit;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            if (isShort(sizeClass, worstDemand(sizeClass, count))) {
                count = (room(sizeClass) - NodeDescriptor.MAX_HEIGHT) / BLOCKS_PER_OPERATION[sizeClass];
            }
        }
        return (int) Math.min(limit, Math.max(1, count));
    }

    /**
     * Returns true if the next operations are sure to find the blocks that they may need. Makes room if there is none.
     * If the disk refuses room, a later call tries again after a while.
     *
     * @param operationCount how many operations.
     * @return false if the store cannot grow any more.
     */
    public boolean hasSpace(final int operationCount) {
        if (operationCount <= sureOperations) {
            return true;
        }
        long sure = Long.MAX_VALUE;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            final long needed = worstDemand(sizeClass, operationCount);
            if (isShort(sizeClass, needed) && !grow(sizeClass, needed)) {
                return false;
            }
            sure = Math.min(sure, (room(sizeClass) - NodeDescriptor.MAX_HEIGHT) / BLOCKS_PER_OPERATION[sizeClass]);
        }
        sureOperations = sure;
        return true;
    }

    /**
     * Returns true if operations of any kind are sure to find the blocks that they may need without more room.
     *
     * @param operationCount how many operations.
     * @return false if they may need more.
     */
    public boolean holds(final int operationCount) {
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            if (isShort(sizeClass, worstDemand(sizeClass, operationCount))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns true if there are as many blocks as demanded. Makes room if there are not.
     *
     * @param demand the blocks of each size class.
     * @return false if the store cannot grow any more.
     */
    public boolean hasSpace(final Demand demand) {
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            final long needed = demand.of(sizeClass);
            if (isShort(sizeClass, needed) && !grow(sizeClass, needed)) {
                return false;
            }
        }
        return true;
    }

    private static long worstDemand(final int sizeClass, final long operationCount) {
        return BLOCKS_PER_OPERATION[sizeClass] * operationCount + NodeDescriptor.MAX_HEIGHT;
    }

    /**
     * Returns how many blocks are kept ahead of need, beside what a map that is full to 70% keeps. They are for 64
     * operations, as many as are taken at a time by default. A store with few blocks keeps them for fewer.
     *
     * @param sizeClass TINY to LARGE.
     * @param count     number of blocks of all size classes but LARGE.
     * @return the count of blocks of this size class.
     */
    public static long reserveCount(final int sizeClass, final long count) {
        return worstDemand(sizeClass, Math.min(2 * (1 + count), MAX_OPERATIONS_AHEAD));
    }

    private long reserveCount(final int sizeClass) {
        long count = 0;
        for (int i = 0; i < LARGE; i++) {
            count += chains[i].size();
        }
        return reserveCount(sizeClass, count);
    }

    /**
     * Returns true if the rest of a history is sure to find its first blocks before the old ones are given back. Makes
     * room if there is none.
     *
     * @return false if the store cannot grow any more.
     */
    public boolean hasSpaceToForget() {
        // One for the only block of versions, which grows, and one for the root.
        return hasSpace(sizeClass -> sizeClass == LARGE ? 0 : 2);
    }

    /** {@return whether the disk has refused to make room for any size class, the last time that it was asked} */
    public boolean isDiskFull() {
        for (final boolean isFull : isDiskFull) {
            if (isFull) {
                return true;
            }
        }
        return false;
    }

    /**
     * Allocates a block. Its contents after the header are those of its last use.
     *
     * @param sizeClass    TINY to LARGE.
     * @param type         of the block.
     * @param seriesNumber of the series that it belongs to.
     * @return its number.
     */
    public long allocate(final int sizeClass, final byte type, final long seriesNumber) {
        sureOperations--;
        final RecordChain chain = chains[sizeClass];
        long blockNumber = header.freeBlock(sizeClass);
        if (blockNumber == NO_BLOCK) {
            blockNumber = blockNumber(chain.append(), sizeClass);
            wrap(blockNumber);
        } else {
            wrap(blockNumber);
            if (sizeClass(blockNumber) != sizeClass || block.getByte(TYPE_OFFSET) != TYPE_FREE) {
                throw new DirectoryDamagedException("freeBlock=" + blockNumber + " type=" + block.getByte(TYPE_OFFSET)
                        + ", expected a free one of size class " + sizeClass + ": run recover on the data directory");
            }
            header.freeBlock(sizeClass, block.getLong(NEXT_OFFSET));
            header.freeCount(sizeClass, Math.max(0, header.freeCount(sizeClass) - 1));
        }
        block.setMemory(0, HEADER_LENGTH, (byte) 0);
        block.putByte(TYPE_OFFSET, type);
        block.putByte(VERSION_OFFSET, VERSION);
        block.putLong(BLOCK_NUMBER_OFFSET, blockNumber);
        block.putLong(SERIES_NUMBER_OFFSET, seriesNumber);
        return blockNumber;
    }

    /**
     * Gives a block back.
     *
     * @param blockNumber as returned by {@link #allocate}, no longer reachable from any record.
     */
    public void free(final long blockNumber) {
        final int sizeClass = sizeClass(blockNumber);
        wrap(blockNumber);
        block.putByte(TYPE_OFFSET, TYPE_FREE);
        block.putInt(COUNT_OFFSET, 0);
        block.putLong(NEXT_OFFSET, header.freeBlock(sizeClass));
        header.freeBlock(sizeClass, blockNumber);
        header.freeCount(sizeClass, header.freeCount(sizeClass) + 1);
    }

    private void wrap(final long blockNumber) {
        final long address = address(blockNumber);
        if (address == 0) {
            throw new DirectoryDamagedException(
                    "blockNumber=" + blockNumber + ", expected one of the store: run recover on the data directory");
        }
        block.wrap(address, HEADER_LENGTH);
    }

    /**
     * Has the operating system give memory to the next blocks before they are taken, so that the writer does not wait
     * for it: it comes zeroed, and from a file through the file system. A background thread, beside the writer.
     *
     * @return whether there was something to do
     */
    public boolean prefault() {
        boolean touched = false;
        for (final RecordChain chain : chains) {
            touched |= chain.prefault();
        }
        return touched;
    }

    /** How many blocks of a size class there are, free or not: no tree has more. */
    public long count(final int sizeClass) {
        return chains[sizeClass].size();
    }

    public boolean isReserveDue() {
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            if (chains[sizeClass].capacity() - chains[sizeClass].size() < reserveCount(sizeClass)) {
                return true;
            }
        }
        return false;
    }

    public void prepareSpaceAhead() {
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            chains[sizeClass].prepareSpace(reserveCount(sizeClass));
        }
    }

    public long stallCount() {
        return stallCount;
    }

    private boolean grow(final int sizeClass, final long needed) {
        if (isRefused[sizeClass] && System.nanoTime() - refusedNs[sizeClass] < RETRY_NS) {
            return false;
        }
        stallCount++;
        isRefused[sizeClass] = true;
        isDiskFull[sizeClass] = false;
        try {
            chains[sizeClass].prepareSpace(needed - header.freeCount(sizeClass));
            isRefused[sizeClass] = false;
            return true;
        } catch (final UncheckedIOException e) {
            isDiskFull[sizeClass] = true;
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
        } finally {
            refusedNs[sizeClass] = System.nanoTime();
        }
        return false;
    }

    private boolean isShort(final int sizeClass, final long needed) {
        return room(sizeClass) < needed;
    }

    private long room(final int sizeClass) {
        return chains[sizeClass].capacity() - chains[sizeClass].size() + header.freeCount(sizeClass);
    }
}
