package io.tollgate.core.number;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A mutable integer with a magnitude of up to {@link #CAPACITY} words and a sign, used as scratch for exact formulas.
 * Larger results are not representable; the formulas of {@link Quotients} and {@link ShapeQuotients} stay below. Not
 * safe for use by several threads.
 */
final class WideInteger {
    /** Words of 64 bits. */
    static final int CAPACITY = 16;

    /* The lowest word comes first. Words from the length on are not significant; the one below the length is not 0. */
    private final long[] words = new long[CAPACITY];
    private int length;
    private boolean isNegative;

    /** Returns true if this is below 0. */
    boolean isNegative() {
        return isNegative;
    }

    /** Returns -1 below 0, 0 at 0, 1 above. */
    int signum() {
        return length == 0 ? 0 : isNegative ? -1 : 1;
    }

    /** Returns the number of significant words, 0 for zero. */
    int length() {
        return length;
    }

    /** Returns the number of bits of the magnitude up to the highest one set, 0 for zero. */
    int bitLength() {
        return length == 0 ? 0 : 64 * length - Long.numberOfLeadingZeros(words[length - 1]);
    }

    /** Sets {@code low}, unsigned. */
    WideInteger set(final long low) {
        words[0] = low;
        return normalised(1, false);
    }

    /** Sets {@code high * 2^64 + low}, unsigned. */
    WideInteger set(final long low, final long high) {
        words[0] = low;
        words[1] = high;
        return normalised(2, false);
    }

    /** Sets {@code high * 2^128 + middle * 2^64 + low}, unsigned. */
    WideInteger set(final long low, final long middle, final long high) {
        words[0] = low;
        words[1] = middle;
        words[2] = high;
        return normalised(3, false);
    }

    /** Sets an integer of at most {@link #CAPACITY} words. */
    WideInteger set(final BigInteger integer) {
        final BigInteger magnitude = integer.abs();
        final int end = (magnitude.bitLength() + 63) / 64;
        for (int i = 0; i < end; i++) {
            words[i] = magnitude.shiftRight(64 * i).longValue();
        }
        return normalised(end, integer.signum() < 0);
    }

    /** Sets the value of a sum. */
    WideInteger set(final Int320 sum) {
        final long sign = sum.isNegative() ? -1 : 0;
        long carry = -sign;
        for (int i = 0; i < Int320.WORDS; i++) {
            final long inverted = sum.word(i) ^ sign;
            words[i] = inverted + carry;
            carry = UnsignedMath.carry(words[i], inverted);
        }
        return normalised(Int320.WORDS, sum.isNegative());
    }

    /** Sets {@code high * 2^64 + low} in two's complement. */
    WideInteger setSigned(final long low, final long high) {
        final long sign = high >> 63;
        words[0] = (low ^ sign) - sign;
        words[1] = (high ^ sign) - (low == 0 ? sign : 0);
        return normalised(2, high < 0);
    }

    /** Sets the product of two other integers. */
    WideInteger setProduct(final WideInteger a, final WideInteger b) {
        final int end = a.length + b.length;
        Arrays.fill(words, 0, end, 0);
        for (int i = 0; i < a.length; i++) {
            final long factor = a.words[i];
            long carry = 0;
            for (int k = 0; k < b.length; k++) {
                final long product = factor * b.words[k];
                final long partial = product + carry;
                final long sum = partial + words[i + k];
                /* (2^64 - 1)^2 + 2 * (2^64 - 1) is the largest number of two words: the carry does not overflow. */
                carry = UnsignedMath.multiplyHighUnsigned(factor, b.words[k])
                        + UnsignedMath.carry(partial, product)
                        + UnsignedMath.carry(sum, partial);
                words[i + k] = sum;
            }
            words[i + b.length] = carry;
        }
        return normalised(end, a.isNegative != b.isNegative);
    }

    /** Multiplies by an unsigned factor. */
    WideInteger multiply(final long factor) {
        long carry = 0;
        for (int i = 0; i < length; i++) {
            final long word = words[i];
            final long product = word * factor;
            final long sum = product + carry;
            words[i] = sum;
            carry = UnsignedMath.multiplyHighUnsigned(word, factor) + UnsignedMath.carry(sum, product);
        }
        words[length] = carry;
        return normalised(length + 1, isNegative);
    }

    /** Divides by a divisor above 0 and truncates: schoolbook division in half words, which all fit a long. */
    WideInteger divide(final int divisor) {
        long rest = 0;
        for (int i = length - 1; i >= 0; i--) {
            final long upper = (rest << 32) | (words[i] >>> 32);
            final long lower = (upper % divisor << 32) | (words[i] & 0xFFFF_FFFFL);
            words[i] = (upper / divisor << 32) + lower / divisor;
            rest = lower % divisor;
        }
        return normalised(length, isNegative);
    }

    /** Adds another integer. */
    WideInteger add(final WideInteger other) {
        return accumulate(other, other.isNegative);
    }

    /** Subtracts another integer. */
    WideInteger subtract(final WideInteger other) {
        return accumulate(other, !other.isNegative);
    }

    /*
     * Adds the magnitude of another integer with the given sign; if the signs differ, the larger magnitude keeps its
     * sign.
     */
    private WideInteger accumulate(final WideInteger other, final boolean otherIsNegative) {
        final int end = Math.max(length, other.length);
        if (isNegative == otherIsNegative) {
            long carry = 0;
            for (int i = 0; i < end; i++) {
                final long word = word(i);
                final long partial = word + other.word(i);
                words[i] = partial + carry;
                carry = UnsignedMath.carry(partial, word) + UnsignedMath.carry(words[i], partial);
            }
            words[end] = carry;
            return normalised(end + 1, isNegative);
        }
        final boolean isLarger = isMagnitudeBelow(other);
        final WideInteger minuend = isLarger ? other : this;
        final WideInteger subtrahend = isLarger ? this : other;
        long borrow = 0;
        for (int i = 0; i < end; i++) {
            final long word = minuend.word(i);
            final long taken = subtrahend.word(i);
            final long difference = word - taken;
            words[i] = difference - borrow;
            borrow = UnsignedMath.borrow(word, taken) + UnsignedMath.borrow(difference, borrow);
        }
        return normalised(end, isLarger ? otherIsNegative : isNegative);
    }

    private boolean isMagnitudeBelow(final WideInteger other) {
        if (length != other.length) {
            return length < other.length;
        }
        int i = length - 1;
        while (i > 0 && words[i] == other.words[i]) {
            i--;
        }
        return i >= 0 && Long.compareUnsigned(words[i], other.words[i]) < 0;
    }

    /** Returns the 64 bits of the magnitude from a position upwards; bits outside its words are zero. */
    long bitsAt(final int position) {
        final int index = position >> 6;
        final int shift = position & 63;
        return (word(index) >>> shift) | (word(index + 1) << 1 << (63 - shift));
    }

    /** Returns true if any bit of the magnitude below a position is set. */
    boolean anyBelow(final int position) {
        for (int i = 0; i < length && 64 * i < position; i++) {
            final int above = position - 64 * i;
            if ((above >= 64 ? words[i] : words[i] << (64 - above)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the word at an index; words outside are 0. */
    long word(final int index) {
        return index >= 0 && index < length ? words[index] : 0;
    }

    private WideInteger normalised(final int upTo, final boolean isNegative) {
        length = upTo;
        while (length > 0 && words[length - 1] == 0) {
            length--;
        }
        this.isNegative = isNegative && length > 0;
        return this;
    }
}
