package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * The place of the maps and number tables of a chain: files, or memory of this process alone.
 *
 * <p>Any thread may call it, one at a time.
 */
interface Backing {
    /**
     * Returns what errors call the chain.
     *
     * @return the name
     */
    String name();

    /**
     * Returns true if there is a complete map of this index. The files of an unfinished map are removed.
     *
     * @param index the index of the map in its chain, from 0
     * @return true if it is to be opened rather than made
     * @throws IllegalStateException if there is a map without its table, or a table without its map
     */
    boolean exists(int index);

    /**
     * Opens an existing map, if its table fits it. Space on the disk is preallocated for both, as for new ones.
     *
     * @param <K> the type of the keys
     * @param index the index of the map in its chain
     * @param shape what the entries look like
     * @param entries the number of entries that the map must hold
     * @return the map
     * @throws IllegalStateException if they were made with other settings, or on a machine with another page size
     * @throws java.io.UncheckedIOException if it cannot be read or opened, or there is no room
     */
    <K> VanillaChronicleMap<K, MemoryValue, ?> reopen(int index, MapShape<K> shape, long entries);

    /**
     * Makes a map.
     *
     * @param <K> the type of the keys
     * @param index the index of the map in its chain
     * @param builder the configuration of the map
     * @return the map
     * @throws java.io.UncheckedIOException if it cannot be made
     */
    <K> VanillaChronicleMap<K, MemoryValue, ?> make(int index, ChronicleMapBuilder<K, MemoryValue> builder);

    /**
     * Opens or makes a number table. The table is made after its map.
     *
     * @param index the index of the map in its chain
     * @param capacity the number of words
     * @param valueLength the length of each value in bytes
     * @param mapLength the length of the map in bytes
     * @return the table, its header written or checked
     * @throws IllegalStateException if a table was found, but for another map
     * @throws java.io.UncheckedIOException if it cannot be opened or made
     */
    NumberTable openNumbers(int index, long capacity, int valueLength, long mapLength);

    /**
     * Advises the operating system against read-ahead in a map. Each page is then supplied alone, when it is touched.
     * With read-ahead, the thread that touches a page also waits until the pages after it are filled with zeros. Does
     * nothing if the map has all its pages already, or if the system takes no such advice.
     *
     * @param address of the map
     * @param length of the map in bytes
     */
    void givePagesSingly(long address, long length);

    /**
     * Marks a new map and its table as complete.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if the map cannot be marked
     */
    void commit(int index);

    /**
     * Removes a map that could not be completed, and its table. The map may already be committed, if a later step has
     * failed.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    void discard(int index);

    /**
     * Forces the memory of a map to the disk. Does nothing if the map has no file.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if the disk fails
     */
    void force(int index);
}
