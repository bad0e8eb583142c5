package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.BlockDescriptor.TYPE_WINDOW_SET;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The window sets of a shard: series with the same windows share one. Writer only, but for {@link #lengthsOf(long)}.
 */
final class WindowSets {
    private static final long NO_SERIES = -1;

    private final BlockStore blocks;
    private final ShardHeader header;
    private final WindowSetBlock set;
    private final Map<List<Long>, Long> blockByLengths = new HashMap<>();

    WindowSets(final BlockStore blocks, final ShardHeader header) {
        this.blocks = blocks;
        this.header = header;
        set = new WindowSetBlock(blocks);
        for (long block = header.windowSet(); block != NO_BLOCK; block = set.previous()) {
            set.wrap(block);
            blockByLengths.put(lengths(set), block);
        }
    }

    /** The lengths of the windows of a set; any control thread. */
    List<Long> lengthsOf(final long block) {
        final WindowSetBlock reader = new WindowSetBlock(blocks);
        return reader.wrap(block) ? lengths(reader) : List.of();
    }

    /** The set that has one window more than another one. */
    long extended(final long block, final long lengthNs) {
        final List<Long> lengths = new ArrayList<>(lengthsOf(block));
        lengths.add(lengthNs);
        return blockByLengths.computeIfAbsent(List.copyOf(lengths), this::create);
    }

    private long create(final List<Long> lengths) {
        final long block = blocks.allocate(MEDIUM, TYPE_WINDOW_SET, NO_SERIES);
        set.wrap(block);
        set.previous(header.windowSet());
        lengths.forEach(set::addSliding);
        header.windowSet(block);
        return block;
    }

    private static List<Long> lengths(final WindowSetBlock set) {
        final List<Long> lengths = new ArrayList<>(set.count());
        for (int i = 0; i < set.count(); i++) {
            lengths.add(set.lengthNs(i));
        }
        return lengths;
    }
}
