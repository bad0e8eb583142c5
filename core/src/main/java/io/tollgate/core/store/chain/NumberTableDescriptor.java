package io.tollgate.core.store.chain;

/**
 * The layout of a number table, in memory and as a file: a header, then one word for each number of its map.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------------+-------------------------------+
 *  |                             magic                             |  0
 *  +-------------------------------+-------------------------------+
 *  |            version            |          value length         |  8
 *  +-------------------------------+-------------------------------+
 *  |           map index           |            reserved           | 16
 *  +-------------------------------+-------------------------------+
 *  |                          first number                         | 24
 *  +---------------------------------------------------------------+
 *  |                            capacity                           | 32
 *  +---------------------------------------------------------------+
 *  |                             count                             | 40
 *  +---------------------------------------------------------------+
 *  |                           map length                          | 48
 *  +---------------------------------------------------------------+
 *  |                           continued                           | 56
 *  +---------------------------------------------------------------+
 *  |                     word of the first number                  | 64
 *  +---------------------------------------------------------------+
 *  |                     word of the next number                   | 72
 *  +---------------------------------------------------------------+
 *  |                       ... capacity words                     ...
 * </pre>
 *
 * <p>Each mark above is two bits, so a line is eight bytes; all numbers are in the byte order of the machine, which
 * the magic tells. A word tells where in the map lies what has the number. In a table of records that is an area, of
 * which an entry of the map has several: the word is its offset in bytes from the start of the map, and the value
 * length is that of an area. In a table of names it is the offset of the key {@code << 8 | length of the key in
 * bytes}. A word is written before the count that includes it, and words from the count on mean nothing.
 * {@code continued} is 1 once entries go to the next map.
 */
public final class NumberTableDescriptor {
    /** The first eight bytes: {@code TGNUMBER} in ASCII. */
    static final long MAGIC = 0x5245_424d_554e_4754L;

    /** The version of this layout. */
    static final int VERSION = 1;

    /** Offset of the magic, a long. */
    static final int MAGIC_OFFSET = 0;

    /** Offset of the version, an int. */
    static final int VERSION_OFFSET = 8;

    /** Offset of the length of each value of the map in bytes, an int. */
    static final int VALUE_LENGTH_OFFSET = 12;

    /** Offset of the index of the map in its chain, an int. */
    static final int MAP_INDEX_OFFSET = 16;

    /** Offset of the number of the map's first entry, a long; without meaning while the count is 0. */
    static final int FIRST_NUMBER_OFFSET = 24;

    /** Offset of the number of words, a long. */
    static final int CAPACITY_OFFSET = 32;

    /** Offset of the number of complete entries, a long. */
    public static final int COUNT_OFFSET = 40;

    /** Offset of the length of the map itself in bytes, a long. */
    static final int MAP_LENGTH_OFFSET = 48;

    /** Offset of whether entries go to the next map, a long. */
    static final int CONTINUED_OFFSET = 56;

    /** Length of the header in bytes. */
    static final int HEADER_LENGTH = 64;

    private NumberTableDescriptor() {}

    /**
     * Offset of a word.
     *
     * @param index the place of the entry in its map, from 0
     * @return the offset in bytes
     */
    static int wordOffset(final long index) {
        return HEADER_LENGTH + (int) (index << 3);
    }

    /**
     * Length of a whole table.
     *
     * @param capacity the number of words, at most 2^20
     * @return {@code 64 + 8 capacity}, in bytes
     */
    static int tableLength(final long capacity) {
        return wordOffset(capacity);
    }
}
