package io.tollgate.core.number;

import io.tollgate.core.memory.NativeBuffer;

/**
 * A mutable signed integer of five words in two's complement, for sums of products. An overflow wraps around, so
 * intermediate sums may overflow if the final sum fits. Not safe for use by several threads.
 */
final class Int320 {
    /** The direction of an added term; its complement subtracts the term. */
    static final long ADD = 0;

    /** Words of 64 bits. */
    static final int WORDS = 5;

    private long word0;
    private long word1;
    private long word2;
    private long word3;
    private long word4;

    void clear() {
        word0 = 0;
        word1 = 0;
        word2 = 0;
        word3 = 0;
        word4 = 0;
    }

    void copyFrom(final Int320 other) {
        word0 = other.word0;
        word1 = other.word1;
        word2 = other.word2;
        word3 = other.word3;
        word4 = other.word4;
    }

    /** Returns true if this is below 0. */
    boolean isNegative() {
        return word4 < 0;
    }

    /** Returns true if this is 0. */
    boolean isZero() {
        return (word0 | word1 | word2 | word3 | word4) == 0;
    }

    /** Returns true if another integer has the same value. */
    boolean isEqualTo(final Int320 other) {
        return ((word0 ^ other.word0)
                        | (word1 ^ other.word1)
                        | (word2 ^ other.word2)
                        | (word3 ^ other.word3)
                        | (word4 ^ other.word4))
                == 0;
    }

    /** Returns the word at an index from 0, the lowest, to 4. */
    long word(final int index) {
        return switch (index) {
            case 0 -> word0;
            case 1 -> word1;
            case 2 -> word2;
            case 3 -> word3;
            default -> word4;
        };
    }

    /** Adds another integer. */
    void add(final Int320 other) {
        accumulate(other.word0, other.word1, other.word2, other.word3, other.word4, ADD);
    }

    /**
     * Adds or subtracts the magnitude of a term.
     *
     * @param magnitude of five words at most.
     * @param direction {@link #ADD}, or its complement.
     */
    void add(final WideInteger magnitude, final long direction) {
        accumulate(
                magnitude.word(0),
                magnitude.word(1),
                magnitude.word(2),
                magnitude.word(3),
                magnitude.word(4),
                direction);
    }

    /** Loads the given number of words of a stored form; the highest one has the sign. */
    void load(final NativeBuffer buffer, final long offset, final int words) {
        final long sign = buffer.getLong(offset + 8 * (words - 1)) >> 63;
        word0 = buffer.getLong(offset);
        word1 = buffer.getLong(offset + 8);
        word2 = words > 2 ? buffer.getLong(offset + 16) : sign;
        word3 = words > 3 ? buffer.getLong(offset + 24) : sign;
        word4 = words > 4 ? buffer.getLong(offset + 32) : sign;
    }

    /** Stores the given number of lowest words. */
    void store(final NativeBuffer buffer, final long offset, final int words) {
        for (int i = 0; i < words; i++) {
            buffer.putLong(offset + 8 * i, word(i));
        }
    }

    /* The direction is a mask: s - x = ~(~s + x), so one carry chain adds and subtracts. */
    private void accumulate(
            final long term0,
            final long term1,
            final long term2,
            final long term3,
            final long term4,
            final long direction) {
        final long before0 = word0 ^ direction;
        final long sum0 = before0 + term0;
        final long partial1 = (word1 ^ direction) + term1;
        final long sum1 = partial1 + UnsignedMath.carry(sum0, term0);
        final long partial2 = (word2 ^ direction) + term2;
        final long sum2 = partial2 + UnsignedMath.carry(partial1, term1) + UnsignedMath.carry(sum1, partial1);
        final long partial3 = (word3 ^ direction) + term3;
        final long sum3 = partial3 + UnsignedMath.carry(partial2, term2) + UnsignedMath.carry(sum2, partial2);
        final long carry4 = UnsignedMath.carry(partial3, term3) + UnsignedMath.carry(sum3, partial3);
        word0 = sum0 ^ direction;
        word1 = sum1 ^ direction;
        word2 = sum2 ^ direction;
        word3 = sum3 ^ direction;
        word4 = ((word4 ^ direction) + term4 + carry4) ^ direction;
    }
}
