package io.tollgate.core;

import io.tollgate.core.file.Closing;
import io.tollgate.core.store.ForeignStore;
import io.tollgate.core.store.SeriesSummary;
import io.tollgate.core.store.ShardPlace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Which series follow others, in stores that are read from outside: those that the end of one names, and that say of
 * themselves that they follow it. The store of a shard is opened when the first series of it is asked for. One thread.
 */
final class ForeignLinks implements AutoCloseable {
    private final int shardCount;
    private final IntFunction<ForeignStore> open;
    private final Map<Integer, ForeignStore> stores = new HashMap<>();

    /**
     * Of a directory.
     *
     * @param open opens the store of a shard, by its index; refuses what is none.
     */
    ForeignLinks(final int shardCount, final IntFunction<ForeignStore> open) {
        this.shardCount = shardCount;
        this.open = open;
    }

    /** Leaves out a successor that does not say that it follows, or that cannot be read. */
    SeriesSummary both(final SeriesSummary series) {
        return series.successor() < 0 || predecessor(series.successor()) == series.number()
                ? series
                : series.withoutSuccessor();
    }

    private long predecessor(final long number) {
        final long position = ShardPlace.position(number, shardCount);
        try {
            final ForeignStore store = stores.computeIfAbsent(ShardPlace.indexOf(number, shardCount), open::apply);
            return position < store.seriesCount() ? store.predecessor(position) : Long.MIN_VALUE;
        } catch (final IllegalStateException e) {
            return Long.MIN_VALUE;
        }
    }

    @Override
    public void close() {
        Closing.each(List.copyOf(stores.values()));
    }
}
