package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_WINDOW_SET;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.registration.WindowSetDescriptor.CAPACITY;
import static io.tollgate.core.store.registration.WindowSetDescriptor.ENTRY_LENGTH;
import static io.tollgate.core.store.registration.WindowSetDescriptor.LENGTH_NS_OFFSET;
import static io.tollgate.core.store.registration.WindowSetDescriptor.MOMENTS_OFFSET;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.ReadableBlocks;
import java.util.Collection;
import org.agrona.concurrent.UnsafeBuffer;

/** A flyweight over a set of window definitions, laid out by {@link WindowSetDescriptor}. Sets are immutable. */
public final class WindowSetBlock {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final ReadableBlocks blocks;

    /**
     * Creates a flyweight that must be wrapped before use.
     *
     * @param blocks of the store.
     */
    public WindowSetBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /**
     * Wraps another set.
     *
     * @param blockNumber any number.
     * @return false if this is no window set: it must not be read then.
     */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        if (address == 0 || sizeClass(blockNumber) != MEDIUM) {
            return false;
        }
        buffer.wrap(address, MEDIUM_LENGTH);
        return buffer.getByte(BlockDescriptor.TYPE_OFFSET) == TYPE_WINDOW_SET;
    }

    /** {@return the number of windows in the set} */
    public int count() {
        return Math.max(0, Math.min(CAPACITY, buffer.getInt(COUNT_OFFSET)));
    }

    /** {@return the set defined before this one, {@link BlockDescriptor#NO_BLOCK} if it is the first} */
    public long previous() {
        return buffer.getLong(PREVIOUS_OFFSET);
    }

    /**
     * Returns true if the state of a window is updated with each point.
     *
     * @param window its index in the set.
     * @return true for right-closed sliding windows.
     */
    public boolean keepsState(final int window) {
        return buffer.getShort(MOMENTS_OFFSET + window * ENTRY_LENGTH) != 0;
    }

    /** {@return the number of windows in the set that keep a state} */
    public int stateCount() {
        int states = 0;
        for (int i = count() - 1; i >= 0; i--) {
            states += keepsState(i) ? 1 : 0;
        }
        return states;
    }

    /**
     * Returns the number of windows that keep a state when registered.
     *
     * @param windows any.
     * @return the count.
     */
    public static int stateCount(final Collection<Window> windows) {
        int states = 0;
        for (final Window window : windows) {
            states += WindowCodes.moments(window) == 0 ? 0 : 1;
        }
        return states;
    }

    /**
     * Returns the length of a window.
     *
     * @param window its index in the set.
     * @return nanoseconds, or points.
     */
    public long lengthNs(final int window) {
        return buffer.getLong(LENGTH_NS_OFFSET + window * ENTRY_LENGTH);
    }

    /** Decodes a window of the set; allocates. */
    Window window(final int window) {
        try {
            return WindowCodes.window(buffer, WindowSetDescriptor.TYPE_OFFSET + window * ENTRY_LENGTH);
        } catch (final IllegalArgumentException e) {
            throw new DirectoryDamagedException(
                    "windowSetBlock=" + buffer.getLong(BlockDescriptor.BLOCK_NUMBER_OFFSET) + " is damaged: "
                            + e.getMessage() + "; restore the data directory",
                    e);
        }
    }

    void previous(final long block) {
        buffer.putLong(PREVIOUS_OFFSET, block);
    }

    void add(final Window window) {
        final int count = count();
        WindowCodes.put(buffer, WindowSetDescriptor.TYPE_OFFSET + count * ENTRY_LENGTH, window);
        buffer.putInt(COUNT_OFFSET, count + 1);
    }
}
