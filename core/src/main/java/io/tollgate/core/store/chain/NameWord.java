package io.tollgate.core.store.chain;

/** The place and the length of a key in one word: {@code place << 8 | length in bytes}. */
public final class NameWord {
    private static final int LENGTH_BITS = 8;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private NameWord() {}

    /** The word of a key. */
    static long of(final long place, final int length) {
        return place << LENGTH_BITS | length;
    }

    /** Returns the beginning of the key: an offset in its map, or an address. */
    public static long place(final long word) {
        return word >>> LENGTH_BITS;
    }

    /** The length of the key in bytes, 0 to 255. */
    public static int length(final long word) {
        return (int) word & LENGTH_MASK;
    }
}
