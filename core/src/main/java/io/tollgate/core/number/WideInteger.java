package io.tollgate.core.number;

/**
 * A mutable unsigned integer of up to {@link #CAPACITY} words, scratch for exact formulas. Results beyond the capacity
 * are not representable; the formulas of {@link Quotients} stay far below. Not safe for use by several threads.
 */
final class WideInteger {
    /** Words of 64 bits. */
    static final int CAPACITY = 8;

    /* The lowest word first; words from the length on are not significant, the one below it is not 0. */
    private final long[] words = new long[CAPACITY];
    private int length;

    /** The number of significant words, 0 for zero. */
    int length() {
        return length;
    }

    /** The number of bits up to the highest one set, 0 for zero. */
    int bitLength() {
        return length == 0 ? 0 : 64 * length - Long.numberOfLeadingZeros(words[length - 1]);
    }

    /** Sets {@code low}, unsigned. */
    WideInteger set(final long low) {
        words[0] = low;
        return normalised(1);
    }

    /** Sets {@code high * 2^64 + low}, unsigned. */
    WideInteger set(final long low, final long high) {
        words[0] = low;
        words[1] = high;
        return normalised(2);
    }

    /** Sets {@code high * 2^128 + middle * 2^64 + low}, unsigned. */
    WideInteger set(final long low, final long middle, final long high) {
        words[0] = low;
        words[1] = middle;
        words[2] = high;
        return normalised(3);
    }

    /** Multiplies by an unsigned factor. */
    WideInteger multiply(final long factor) {
        long carry = 0;
        for (int i = 0; i < length; i++) {
            final long word = words[i];
            final long product = word * factor;
            final long sum = product + carry;
            words[i] = sum;
            carry = Words.multiplyHighUnsigned(word, factor) + Words.carry(sum, product);
        }
        words[length] = carry;
        return normalised(length + 1);
    }

    /** Sets the square of {@code high * 2^64 + low}, unsigned and below 2^127. */
    WideInteger setSquare(final long low, final long high) {
        final long lowHigh = Words.multiplyHighUnsigned(low, low);
        final long cross = low * high;
        final long crossHigh = Words.multiplyHighUnsigned(low, high);
        final long twice = cross << 1;
        final long twiceHigh = (crossHigh << 1) | (cross >>> 63);
        final long square = high * high;
        words[0] = low * low;
        words[1] = lowHigh + twice;
        final long carry = Words.carry(words[1], lowHigh);
        final long sum = square + twiceHigh;
        words[2] = sum + carry;
        words[3] = Words.multiplyHighUnsigned(high, high) + Words.carry(sum, square) + Words.carry(words[2], sum);
        return normalised(4);
    }

    /**
     * Subtracts another integer.
     *
     * @return whether it was not larger; if it was, this is not to be used any more.
     */
    boolean subtract(final WideInteger other) {
        if (other.length > length) {
            return false;
        }
        long borrow = 0;
        for (int i = 0; i < length; i++) {
            final long word = words[i];
            final long subtrahend = i < other.length ? other.words[i] : 0;
            final long difference = word - subtrahend;
            words[i] = difference - borrow;
            borrow = Words.borrow(word, subtrahend) + Words.borrow(difference, borrow);
        }
        normalised(length);
        return borrow == 0;
    }

    /** The 64 bits from a position on, upwards; what is below 0 or above the highest word reads as zeros. */
    long bitsAt(final int position) {
        final int index = position >> 6;
        final int shift = position & 63;
        return (word(index) >>> shift) | (word(index + 1) << 1 << (63 - shift));
    }

    /** Whether any bit below a position is set. */
    boolean anyBelow(final int position) {
        for (int i = 0; i < length && 64 * i < position; i++) {
            final int above = position - 64 * i;
            if ((above >= 64 ? words[i] : words[i] << (64 - above)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The word at an index; those beyond the ends are 0. */
    long word(final int index) {
        return index >= 0 && index < length ? words[index] : 0;
    }

    private WideInteger normalised(final int upTo) {
        length = upTo;
        while (length > 0 && words[length - 1] == 0) {
            length--;
        }
        return this;
    }
}
