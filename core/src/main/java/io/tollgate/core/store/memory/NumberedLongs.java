package io.tollgate.core.store.memory;

/** Longs by dense numbers. One thread at a time may cover or clear; any thread may get. */
public interface NumberedLongs {
    /**
     * Returns the long of a number.
     *
     * @param number any number.
     * @return the long, 0 if none was set.
     */
    long get(long number);

    /**
     * Makes room for the numbers from 0 on, if there is none yet.
     *
     * @param numbers the count of numbers.
     */
    void cover(long numbers);

    /** Removes all longs. */
    void clear();
}
