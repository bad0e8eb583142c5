package io.tollgate.core.store.chain;

import static io.tollgate.core.store.chain.NumberTableDescriptor.CAPACITY_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.CONTINUED_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.FIRST_NUMBER_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAGIC;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAGIC_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAP_INDEX_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAP_LENGTH_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.VALUE_LENGTH_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.VERSION;
import static io.tollgate.core.store.chain.NumberTableDescriptor.VERSION_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.wordOffset;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.store.memory.MappedArea;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The offsets of the entries of one map by their numbers, and the lengths that the map was made with. They are compared
 * when a map is opened again, because Chronicle Map does not compare its configuration with that of the file.
 *
 * <p>One thread appends. The count is stored with release after the word it includes and loaded with acquire, so any
 * thread may read words below the count.
 */
final class NumberTable implements AutoCloseable {
    private final String name;
    private final MappedArea area;
    private final UnsafeBuffer buffer;
    private final long capacity;

    /**
     * A table over an area of its length.
     *
     * @param name what errors call the table
     * @param area the area, new or with a table in it; closed with this
     * @param capacity the number of words
     */
    NumberTable(final String name, final MappedArea area, final long capacity) {
        this.name = name;
        this.area = area;
        this.buffer = area.buffer();
        this.capacity = capacity;
    }

    /**
     * Writes the header of a new table. The magic comes last.
     *
     * @param mapIndex the index of the map in its chain, from 0
     * @param valueLength the length of each value in bytes
     * @param mapLength the length of the map in bytes
     */
    void initialise(final int mapIndex, final int valueLength, final long mapLength) {
        buffer.putInt(VERSION_OFFSET, VERSION);
        buffer.putInt(VALUE_LENGTH_OFFSET, valueLength);
        buffer.putInt(MAP_INDEX_OFFSET, mapIndex);
        buffer.putLong(CAPACITY_OFFSET, capacity);
        buffer.putLong(MAP_LENGTH_OFFSET, mapLength);
        buffer.putLongRelease(MAGIC_OFFSET, MAGIC);
    }

    /**
     * Checks that the table was made for such a map. The length of a map depends on the page size of the machine that
     * made it.
     *
     * @param mapIndex the index of the map in its chain
     * @param valueLength the length of each value in bytes
     * @param mapLength the length of the map in bytes
     * @throws IllegalStateException with what was found and expected, if it was not
     */
    void check(final int mapIndex, final int valueLength, final long mapLength) {
        expect("magic", buffer.getLong(MAGIC_OFFSET), MAGIC);
        expect("version", buffer.getInt(VERSION_OFFSET), VERSION);
        expect("valueLength", buffer.getInt(VALUE_LENGTH_OFFSET), valueLength);
        expect("mapIndex", buffer.getInt(MAP_INDEX_OFFSET), mapIndex);
        expect("capacity", buffer.getLong(CAPACITY_OFFSET), capacity);
        expect("length", buffer.capacity(), length());
        expect("mapLength", buffer.getLong(MAP_LENGTH_OFFSET), mapLength);
    }

    private void expect(final String field, final long found, final long expected) {
        if (found != expected) {
            throw new DirectoryDamagedException("table=" + name + ": found " + field + '=' + found + ", expected "
                    + field
                    + '=' + expected + "; open it with the settings it was made with, on a machine with the same page"
                    + " size, or restore it");
        }
    }

    /**
     * Returns the number of words.
     *
     * @return the capacity
     */
    long capacity() {
        return capacity;
    }

    /**
     * Returns the number of complete entries.
     *
     * @return the count, 0 to the capacity
     */
    long count() {
        return buffer.getLongAcquire(COUNT_OFFSET);
    }

    /**
     * Returns the number of the first entry.
     *
     * @return the number; without meaning while the count is 0
     */
    long firstNumber() {
        return buffer.getLong(FIRST_NUMBER_OFFSET);
    }

    /**
     * Returns a word.
     *
     * @param index the place of the entry in its map, from 0 to below the count
     * @return the word
     */
    long word(final long index) {
        return buffer.getLong(wordOffset(index));
    }

    /**
     * Adds the word of a complete entry. For the thread that appends.
     *
     * @param number the number of the entry
     * @param word where it lies
     */
    void append(final long number, final long word) {
        final long count = count();
        if (count == 0) {
            buffer.putLong(FIRST_NUMBER_OFFSET, number);
        }
        buffer.putLong(wordOffset(count), word);
        buffer.putLongRelease(COUNT_OFFSET, count + 1);
    }

    /**
     * Says that entries go to the next map from now on. For the thread that appends, before the first of them.
     */
    void continueInNext() {
        buffer.putLongRelease(CONTINUED_OFFSET, 1);
    }

    /**
     * Returns true if entries go to the next map. A thread that has seen such an entry sees this.
     *
     * @return true if there is a next map
     */
    boolean isContinued() {
        return buffer.getLongAcquire(CONTINUED_OFFSET) != 0;
    }

    /**
     * Returns the length of the table.
     *
     * @return the length in bytes
     */
    int length() {
        return NumberTableDescriptor.tableLength(capacity);
    }

    /**
     * Returns how far the table is used.
     *
     * @return the length of the header and of the words that mean something, in bytes
     */
    long usedLength() {
        return wordOffset(count());
    }

    /**
     * Returns the name of the table.
     *
     * @return what errors call it
     */
    String name() {
        return name;
    }

    /**
     * Writes the table to the disk, where it is a file.
     */
    void force() {
        area.force();
    }

    @Override
    public void close() {
        area.close();
    }
}
