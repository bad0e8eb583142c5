package io.tollgate.core.store.memory;

/** Longs by dense numbers. One thread at a time covers or clears, any thread gets. */
public interface NumberedLongs {
    /**
     * Returns the long of a number.
     *
     * @param number any number
     * @return the long, 0 where none was set
     */
    long get(long number);

    /**
     * Makes room for the numbers from 0 on, where it is not there yet.
     *
     * @param numbers how many numbers
     */
    void cover(long numbers);

    /** Forgets all of them. */
    void clear();
}
