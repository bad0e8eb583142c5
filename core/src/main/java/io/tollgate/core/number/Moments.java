package io.tollgate.core.number;

import static io.tollgate.core.number.RunSummaryDescriptor.FIRST_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.SECOND_MOMENT_OFFSET;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The exact sums {@code sum(v * w)}, 128 bits, and {@code sum(v^2 * w)}, 192 bits, of values {@code v} above -2^63
 * with unsigned weights {@code w}, both in two's complement. Sums of weights below 2^64 never overflow; passing
 * through any state on the way, a negative second moment also, is harmless. Not safe for use by several threads.
 */
final class Moments {
    private static final long ADD = 0;
    private static final long SUBTRACT = -1;

    long firstLow;
    long firstHigh;
    long secondLow;
    long secondMiddle;
    long secondHigh;

    void clear() {
        firstLow = 0;
        firstHigh = 0;
        secondLow = 0;
        secondMiddle = 0;
        secondHigh = 0;
    }

    void copyFrom(final Moments other) {
        firstLow = other.firstLow;
        firstHigh = other.firstHigh;
        secondLow = other.secondLow;
        secondMiddle = other.secondMiddle;
        secondHigh = other.secondHigh;
    }

    /** Adds a value with the weight 1. */
    void add(final long value) {
        accumulate(value, ADD);
    }

    /** Takes a value with the weight 1 away again. */
    void subtract(final long value) {
        accumulate(value, SUBTRACT);
    }

    /** Adds a value with an unsigned weight. */
    void add(final long value, final long weight) {
        accumulate(value, weight, ADD);
    }

    /** Takes a value with an unsigned weight away again. */
    void subtract(final long value, final long weight) {
        accumulate(value, weight, SUBTRACT);
    }

    /** Adds what other values contributed. */
    void add(final Moments other) {
        accumulateFirst(other.firstLow, other.firstHigh, ADD);
        accumulateSecond(other.secondLow, other.secondMiddle, other.secondHigh, ADD);
    }

    void load(final DirectBuffer buffer, final int offset) {
        firstLow = buffer.getLong(offset + FIRST_MOMENT_OFFSET);
        firstHigh = buffer.getLong(offset + FIRST_MOMENT_OFFSET + 8);
        secondLow = buffer.getLong(offset + SECOND_MOMENT_OFFSET);
        secondMiddle = buffer.getLong(offset + SECOND_MOMENT_OFFSET + 8);
        secondHigh = buffer.getLong(offset + SECOND_MOMENT_OFFSET + 16);
    }

    void store(final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset + FIRST_MOMENT_OFFSET, firstLow);
        buffer.putLong(offset + FIRST_MOMENT_OFFSET + 8, firstHigh);
        buffer.putLong(offset + SECOND_MOMENT_OFFSET, secondLow);
        buffer.putLong(offset + SECOND_MOMENT_OFFSET + 8, secondMiddle);
        buffer.putLong(offset + SECOND_MOMENT_OFFSET + 16, secondHigh);
    }

    private void accumulate(final long value, final long direction) {
        accumulateFirst(value, value >> 63, direction);
        accumulateSecond(value * value, Math.multiplyHigh(value, value), 0, direction);
    }

    private void accumulate(final long value, final long weight, final long direction) {
        final long low = value * weight;
        final long high = Words.multiplyHigh(value, weight);
        accumulateFirst(low, high, direction);

        final long lowerHigh = Words.multiplyHigh(value, low);
        final long upperLow = value * high;
        final long middle = lowerHigh + upperLow;
        accumulateSecond(
                value * low,
                middle,
                Math.multiplyHigh(value, high) + (lowerHigh >> 63) + Words.carry(middle, lowerHigh),
                direction);
    }

    /* The direction is a mask: s - x = ~(~s + x), so one carry chain adds and subtracts. */
    private void accumulateFirst(final long low, final long high, final long direction) {
        final long before = firstLow ^ direction;
        final long sum = before + low;
        firstLow = sum ^ direction;
        firstHigh = ((firstHigh ^ direction) + high + Words.carry(sum, before)) ^ direction;
    }

    private void accumulateSecond(final long low, final long middle, final long high, final long direction) {
        final long before = secondLow ^ direction;
        final long sum = before + low;
        final long middleBefore = secondMiddle ^ direction;
        final long partial = middleBefore + middle;
        final long carried = Words.carry(sum, before);
        final long middleSum = partial + carried;
        final long carry = Words.carry(partial, middleBefore) + Words.carry(middleSum, partial);
        secondLow = sum ^ direction;
        secondMiddle = middleSum ^ direction;
        secondHigh = ((secondHigh ^ direction) + high + carry) ^ direction;
    }
}
