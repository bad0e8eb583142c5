package io.tollgate.core.store.chronicle;

/**
 * A reusable mutable key of eight bytes, for a Chronicle Map with numbers as keys. It avoids boxing.
 *
 * <p>Confined to the thread that appends.
 */
public final class LongKey {
    private long number;

    /**
     * Sets the number of this key.
     *
     * @param number the number, any value
     * @return this
     */
    public LongKey number(final long number) {
        this.number = number;
        return this;
    }

    /**
     * Returns the number of this key.
     *
     * @return the number set last; 0 if none was set
     */
    public long number() {
        return number;
    }
}
