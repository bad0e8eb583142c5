package io.tollgate.core.store.chronicle;

/**
 * The reusable mutable key of a Chronicle Map whose keys are numbers: eight bytes, without boxing.
 *
 * <p>Confined to the thread that appends.
 */
public final class LongKey {
    private long number;

    /**
     * Sets the number this key stands for.
     *
     * @param number the number, any value
     * @return this
     */
    public LongKey number(final long number) {
        this.number = number;
        return this;
    }

    /**
     * Returns the number this key stands for.
     *
     * @return the number set last, 0 at first
     */
    public long number() {
        return number;
    }
}
