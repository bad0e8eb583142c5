package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * The place of the maps and number tables of a chain: files, or memory of this process alone.
 *
 * <p>For control threads, one at a time.
 */
interface Backing {
    /**
     * Returns what errors call the chain.
     *
     * @return the name
     */
    String name();

    /**
     * Tells whether there is a complete map of this index from before. What is left of an unfinished one is removed.
     *
     * @param index the index of the map in its chain, from 0
     * @return true if it is to be opened rather than made
     * @throws IllegalStateException if there is a map without its table, or a table without its map
     */
    boolean exists(int index);

    /**
     * Opens a map from before, if its table fits it. The disk gives both the room that new ones have.
     *
     * @param <K> the type of the keys
     * @param index the index of the map in its chain
     * @param shape what the entries look like
     * @param entries how many entries the map shall hold
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
     * Has the pages of a map given one by one, as they are touched, and nothing ahead of them: what a system reads
     * ahead of a page, as much as it is set to, it fills with zeros while the thread waits that has touched the page.
     * Does nothing for a map that has all its pages already, or where the system cannot be told.
     *
     * @param address of the map
     * @param length of the map in bytes
     */
    void givePagesSingly(long address, long length);

    /**
     * Says that a new map and its table are complete.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if that cannot be said
     */
    void commit(int index);

    /**
     * Removes a map that was not made to its end, and its table; one that was committed too, where what comes behind
     * that has failed.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    void discard(int index);

    /**
     * Writes the memory of a map to the disk, and returns when it is there; does nothing where there is no disk.
     *
     * @param index the index of the map in its chain
     * @throws java.io.UncheckedIOException if the disk fails
     */
    void force(int index);
}
