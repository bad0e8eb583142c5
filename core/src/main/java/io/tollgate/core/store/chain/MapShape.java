package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * The shape of the entries of a chain of maps.
 *
 * @param <K> the type of the keys
 */
public interface MapShape<K> {
    /**
     * Returns the length of each value, or of each area if a value has several.
     *
     * @return the length in bytes, a multiple of 8
     */
    int valueLength();

    /**
     * Configures a map of this shape.
     *
     * @param entries the number of entries that the map must hold, or of areas if an entry has several
     * @return a new builder
     */
    ChronicleMapBuilder<K, MemoryValue> builder(long entries);

    /**
     * Configures what all maps share. Each line avoids a measured fault: checksums with a wider
     * alignment overwrite neighbours, sparse files fail in the middle of a write, the hook at exit closes maps under a
     * running writer, and a map that takes more tiers than its first moves them into mappings of their own. One
     * segment suffices for one writer, and makes the number of entries exact.
     *
     * @param <K> the type of the keys
     * @param keyType the type of the keys
     * @param valueLength the length of each value in bytes
     * @param entries the number of entries that the map must hold
     * @return a new builder, the keys still to be configured
     */
    static <K> ChronicleMapBuilder<K, MemoryValue> builder(
            final Class<K> keyType, final int valueLength, final long entries) {
        return ChronicleMapBuilder.of(keyType, MemoryValue.class)
                .constantValueSizeBySample(new MemoryValue(valueLength))
                .entries(entries)
                .entriesPerSegment(entries)
                .actualSegments(1)
                .allowSegmentTiering(false)
                .entryAndValueOffsetAlignment(Long.BYTES)
                .checksumEntries(false)
                .sparseFile(false)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .skipCloseOnExitHook(true);
    }
}
