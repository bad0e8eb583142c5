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
 * The blocks of a store by size class, with a list of the free blocks of each.
 *
 * <p>Writer only, except for {@link #address(long)}, {@link #isReserveDue()} and {@link #stallCount()} (any thread),
 * {@link #prefault()} and {@link #prepareSpaceAhead()} (background thread).
 */
public final class BlockStore extends ReadableBlocks {
    /** The number of blocks that are required. */
    @FunctionalInterface
    public interface Demand {
        /**
         * Returns the number of blocks of one size class.
         *
         * @param sizeClass TINY to LARGE.
         * @return the count.
         */
        long of(int sizeClass);
    }

    /**
     * Maximum number of blocks of each size class that one operation takes. TINY: points and versions. SMALL: also a
     * history. HALF: points and versions. MEDIUM: points, versions, a root above each, window states and a window set.
     * DOUBLE: points, versions and a root above each. LARGE: window states and a path of split nodes, over trees of up
     * to a million points or versions.
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
     * Lower bound of the number of operations that find their blocks without more room. Each allocated block lowers the
     * bound by 1, so that most calls need not check each size class.
     */
    private long sureOperations;

    /**
     * Creates a store over the blocks of chains and the free lists of a header.
     *
     * @param chains       one for each size class.
     * @param header       of the store.
     * @param errorHandler receives the reason if the store cannot grow and the disk is not the cause; called by the
     *     writer.
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

    /** Refuses an impossible count, because the size of new maps is computed from it. */
    private static void requireFreeCount(final long freeCount, final int sizeClass, final long blockCount) {
        if (freeCount < 0 || freeCount > blockCount) {
            throw new DirectoryDamagedException("freeCount=" + freeCount + " sizeClass=" + sizeClass + ", expected 0.."
                    + blockCount + ", as many as there are blocks at most; restore the data directory");
        }
    }

    /**
     * Returns the number of operations to take at a time. All of them are sure to find the blocks that they may need
     * without more room. The writer therefore waits for a new map only if a single operation may lack blocks.
     *
     * @param limit maximum number of operations, 0 or more.
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
     * Returns true if the next operations are sure to find the blocks that they may need. The call makes room if
     * required. If that fails, calls within the next 100 ms return false without another attempt.
     *
     * @param operationCount number of operations.
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
     * @param operationCount number of operations.
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
     * Returns true if there are at least as many blocks as demanded. The call makes room if required.
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
     * Returns the number of blocks to keep in reserve, in addition to the free part of a map that is 70% full. The
     * reserve suffices for 64 operations, the default number taken at a time. A store with few blocks has a smaller
     * reserve.
     *
     * @param sizeClass TINY to LARGE.
     * @param count     number of blocks of all size classes except LARGE.
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
     * Returns true if a history that forgets versions is sure to find the first blocks for the remaining versions
     * before it frees old blocks. The call makes room if required.
     *
     * @return false if the store cannot grow any more.
     */
    public boolean hasSpaceToForget() {
        // One block is for the single block of versions, which grows, and one for the root.
        return hasSpace(sizeClass -> sizeClass == LARGE ? 0 : 2);
    }

    /** {@return true if the last attempt to make room for any size class failed because of the disk} */
    public boolean isDiskFull() {
        for (final boolean isFull : isDiskFull) {
            if (isFull) {
                return true;
            }
        }
        return false;
    }

    /**
     * Allocates a block. The bytes after its header are those of its previous use.
     *
     * @param sizeClass    TINY to LARGE.
     * @param type         of the block.
     * @param seriesNumber of the series that owns the block.
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
     * Frees a block.
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
     * Prefaults the memory of the next blocks before they are allocated. The writer then does not wait for the
     * operating system to zero pages, or for the file system. Called by a background thread, concurrently with the
     * writer.
     *
     * @return true if there was memory to prefault
     */
    public boolean prefault() {
        boolean touched = false;
        for (final RecordChain chain : chains) {
            touched |= chain.prefault();
        }
        return touched;
    }

    /** Returns the number of blocks of a size class, free or not. No tree has more. */
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
