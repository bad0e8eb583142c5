package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_WINDOW_SET;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.StoreHeader;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.LongHashSet;

/**
 * The window sets of a store: series with the same windows share one. Writer only, except for {@link #windowsOf(long)}.
 */
public final class WindowSets {
    private static final long NO_SERIES = -1;

    private final BlockStore blocks;
    private final StoreHeader header;
    private final WindowSetBlock set;
    private final Map<List<Window>, Long> blockByWindows = new HashMap<>();

    /** The results of {@link #extended} for one window each. */
    private final Map<Extension, Long> blockByExtension = new HashMap<>();

    /** A set, and a window to add to it. */
    private record Extension(long block, Window added) {}

    public WindowSets(final BlockStore blocks, final StoreHeader header) {
        this.blocks = blocks;
        this.header = header;
        set = new WindowSetBlock(blocks);
        final LongHashSet seen = new LongHashSet();
        for (long block = header.windowSet(); block != NO_BLOCK; block = set.previous()) {
            // A repeated block would make the chain endless.
            if (!set.wrap(block) || !seen.add(block)) {
                throw new DirectoryDamagedException("windowSetBlock=" + block
                        + " is not a window set of the store, or occurs twice; restore the data directory");
            }
            blockByWindows.put(windows(set), block);
        }
    }

    /** Returns the windows of a set, none for {@link BlockDescriptor#NO_BLOCK}; any control thread. */
    public List<Window> windowsOf(final long block) {
        return windowsOf(blocks, block);
    }

    /** Returns the windows of a set of any store, including a set that its writer has just created. */
    public static List<Window> windowsOf(final ReadableBlocks blocks, final long block) {
        // The number may have been read concurrently with the writer: pairs with SeriesRecord.windowSetBlock.
        VarHandle.acquireFence();
        final WindowSetBlock reader = new WindowSetBlock(blocks);
        return reader.wrap(block) ? windows(reader) : List.of();
    }

    /** Returns all windows of all sets. */
    public Set<Window> all() {
        final Set<Window> all = new HashSet<>();
        blockByWindows.keySet().forEach(all::addAll);
        return all;
    }

    /** Returns a set with the windows of another set and the added ones; the same set if it contains them all. */
    public long extended(final long block, final Collection<Window> added) {
        if (added.size() != 1) {
            return newlyExtended(block, added);
        }
        final Extension extension = new Extension(block, added.iterator().next());
        return blockByExtension.computeIfAbsent(extension, any -> newlyExtended(block, added));
    }

    private long newlyExtended(final long block, final Collection<Window> added) {
        final Set<Window> windows = new LinkedHashSet<>(windowsOf(block));
        return windows.addAll(added) ? blockByWindows.computeIfAbsent(List.copyOf(windows), this::create) : block;
    }

    private long create(final List<Window> windows) {
        final long block = blocks.allocate(MEDIUM, TYPE_WINDOW_SET, NO_SERIES);
        set.wrap(block);
        set.previous(header.windowSet());
        windows.forEach(set::add);
        header.windowSet(block);
        return block;
    }

    private static List<Window> windows(final WindowSetBlock set) {
        final List<Window> windows = new ArrayList<>(set.count());
        for (int i = 0; i < set.count(); i++) {
            windows.add(set.window(i));
        }
        return windows;
    }
}
