package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MapState;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.MappedArea;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * Maps and tables in memory outside the heap, gone with the process.
 *
 * @param name what errors call the chain
 */
record AnonymousBacking(String name) implements Backing {
    @Override
    public boolean exists(final int index) {
        return false;
    }

    @Override
    public <K> VanillaChronicleMap<K, MemoryValue, ?> reopen(
            final int index, final MapShape<K> shape, final long entries) {
        throw new IllegalStateException("chain=" + name + " mapIndex=" + index + ": found a map from before in memory");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K> VanillaChronicleMap<K, MemoryValue, ?> make(
            final int index, final ChronicleMapBuilder<K, MemoryValue> builder) {
        MapState.install();
        return (VanillaChronicleMap<K, MemoryValue, ?>) builder.create();
    }

    @Override
    public NumberTable openNumbers(final int index, final long capacity, final int valueLength, final long mapLength) {
        final MappedArea area = MappedArea.anonymous(NumberTableDescriptor.tableLength(capacity));
        final NumberTable table = new NumberTable(name + '-' + index, area, capacity);
        table.initialise(index, valueLength, mapLength);
        return table;
    }

    @Override
    public void givePagesSingly(final long address, final long length) {
        // There is no file of which anything could be read ahead.
    }

    @Override
    public void commit(final int index) {
        // Nobody but this process knows of the map.
    }

    @Override
    public void discard(final int index) {
        // Closing the map has given everything back.
    }

    @Override
    public void force(final int index) {
        // There is no disk.
    }
}
