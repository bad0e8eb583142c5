package io.tollgate.core.store.memory;

/** A table from dense numbers to longs. Only one thread at a time may cover or clear. Any thread may get. */
public interface NumberedLongs {
    /**
     * Returns the long of a number.
     *
     * @param number any number.
     * @return the long; 0 if it was not set.
     */
    long get(long number);

    /**
     * Allocates space for the numbers from 0, unless the table already has it.
     *
     * @param numbers the count of numbers.
     */
    void cover(long numbers);

    /** Removes all longs. */
    void clear();
}
