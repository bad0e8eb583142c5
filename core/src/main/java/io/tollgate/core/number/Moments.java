package io.tollgate.core.number;

import static io.tollgate.core.number.ReadableRunSummary.UNKNOWN;
import static io.tollgate.core.number.RunSummaryDescriptor.DURATION_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.FIRST_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.SECOND_MOMENT_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The exact sums {@code sum(v * w)}, 128 bits, and {@code sum(v^2 * w)}, 192 bits, of values {@code v} above -2^63 with
 * unsigned weights {@code w}, both in two's complement. In STEP it also has the sum of the weights, and if extended,
 * the sums of the extended part. Sums of weights below 2^64 never overflow. Any intermediate state is harmless,
 * including a negative second moment. Not safe for use by several threads.
 */
final class Moments {
    /** The bits of short weights, and of the middle word of short second moments. */
    private static final int SHORT_BITS = 26;

    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    private static final long ADD = 0;
    private static final long SUBTRACT = -1;

    final ExtendedMoments extended = new ExtendedMoments();
    boolean isExtended;
    long duration;
    long firstLow;
    long firstHigh;
    long secondLow;
    long secondMiddle;
    long secondHigh;

    void clear(final boolean isExtended) {
        this.isExtended = isExtended;
        if (isExtended) {
            extended.clear();
        }
        duration = 0;
        firstLow = 0;
        firstHigh = 0;
        secondLow = 0;
        secondMiddle = 0;
        secondHigh = 0;
    }

    void copyFrom(final Moments other) {
        isExtended = other.isExtended;
        if (isExtended) {
            extended.copyFrom(other.extended);
        }
        duration = other.duration;
        firstLow = other.firstLow;
        firstHigh = other.firstHigh;
        secondLow = other.secondLow;
        secondMiddle = other.secondMiddle;
        secondHigh = other.secondHigh;
    }

    /** Adds an event. */
    void add(final long time, final long value) {
        accumulate(value, ADD);
        if (isExtended) {
            extended.add(time, value);
        }
    }

    /** Subtracts an event. */
    void subtract(final long time, final long value) {
        accumulate(value, SUBTRACT);
        if (isExtended) {
            extended.subtract(time, value);
        }
    }

    /** Adds a value in force from one time to another, unless it is UNKNOWN. */
    void weigh(final long value, final long from, final long to) {
        if (value != UNKNOWN) {
            accumulate(value, to - from, ADD);
            duration += to - from;
            if (isExtended) {
                extended.add(value, from, to);
            }
        }
    }

    /** Subtracts a value in force from one time to another, unless it is UNKNOWN. */
    void unweigh(final long value, final long from, final long to) {
        if (value != UNKNOWN) {
            accumulate(value, to - from, SUBTRACT);
            duration -= to - from;
            if (isExtended) {
                extended.subtract(value, from, to);
            }
        }
    }

    /**
     * Subtracts the first points of a run: events, or values in force until the next point. The extended part is not
     * kept then.
     *
     * @param time   of the first of them.
     * @param value  of the first of them.
     * @param points times and values of the following points, as in {@link RunSummary#evictFirst}.
     */
    void subtractFirst(
            final boolean timeWeighted,
            final long time,
            final long value,
            final NativeBuffer points,
            final int offset,
            final int count) {
        isExtended = false;
        if (timeWeighted) {
            accumulateStretches(time, value, points, offset, count, SUBTRACT);
        } else {
            accumulate(value, SUBTRACT);
            accumulateEvents(points, offset, count - 1, SUBTRACT);
        }
    }

    /**
     * Adds points to a run that is not extended: events, or the values in force until each of them.
     *
     * @param time   of the point before them; read in STEP only.
     * @param value  of the point before them; read in STEP only.
     * @param points times and values of the points, as in {@link RunSummary#append(NativeBuffer, int, int)}.
     */
    void add(
            final boolean timeWeighted,
            final long time,
            final long value,
            final NativeBuffer points,
            final int offset,
            final int count) {
        if (timeWeighted) {
            accumulateStretches(time, value, points, offset, count, ADD);
        } else {
            accumulateEvents(points, offset, count, ADD);
        }
    }

    /** Adds or subtracts events. Usually all values have 32 bits; the sums of so few of them need no carry. */
    private void accumulateEvents(final NativeBuffer points, final int offset, final int count, final long direction) {
        long sum = 0;
        long squareLowerHalves = 0;
        long squareUpperHalves = 0;
        long wideBits = 0;
        for (int i = 0, at = offset + Long.BYTES; i < count; i++, at += RunSummary.POINT_LENGTH) {
            final long value = points.getLong(at);
            sum += value;
            final long square = value * value;
            squareLowerHalves += square & LOWER_HALF;
            squareUpperHalves += square >>> Integer.SIZE;
            wideBits |= value ^ (int) value;
        }
        if (wideBits != 0) {
            accumulateWideEvents(points, offset, count, direction);
            return;
        }
        final long low = squareLowerHalves + (squareUpperHalves << Integer.SIZE);
        final long carry = UnsignedMath.carry(low, squareLowerHalves);
        accumulateFirst(sum, sum >> 63, direction);
        accumulateSecond(low, (squareUpperHalves >>> Integer.SIZE) + carry, 0, direction);
    }

    /** Adds or subtracts events of any values. */
    private void accumulateWideEvents(
            final NativeBuffer points, final int offset, final int count, final long direction) {
        long low = 0;
        long high = 0;
        long squareLow = 0;
        long squareMiddle = 0;
        long squareHigh = 0;
        for (int i = 0, at = offset + Long.BYTES; i < count; i++, at += RunSummary.POINT_LENGTH) {
            final long value = points.getLong(at);
            low += value;
            high += (value >> 63) + UnsignedMath.carry(low, value);
            final long square = value * value;
            squareLow += square;
            /* The square of a long has at most 126 bits: its high word and a carry fit one. */
            final long upper = Math.multiplyHigh(value, value) + UnsignedMath.carry(squareLow, square);
            squareMiddle += upper;
            squareHigh += UnsignedMath.carry(squareMiddle, upper);
        }
        accumulateFirst(low, high, direction);
        accumulateSecond(squareLow, squareMiddle, squareHigh, direction);
    }

    /** Adds or subtracts stretches. Usually all values have 32 bits; the squares then need one word less. */
    private void accumulateStretches(
            final long firstFrom,
            final long first,
            final NativeBuffer points,
            final int offset,
            final int count,
            final long direction) {
        long low = 0;
        long high = 0;
        long squareLow = 0;
        long squareHigh = 0;
        long from = firstFrom;
        long value = first;
        long wideBits = 0;
        for (int i = 0, at = offset; i < count; i++, at += RunSummary.POINT_LENGTH) {
            final long to = points.getLong(at);
            final long weight = to - from;
            final long product = value * weight;
            low += product;
            high += UnsignedMath.multiplyHigh(value, weight) + UnsignedMath.carry(low, product);
            final long square = value * value;
            final long squareProduct = square * weight;
            squareLow += squareProduct;
            squareHigh += UnsignedMath.multiplyHigh(square, weight) + UnsignedMath.carry(squareLow, squareProduct);
            wideBits |= value ^ (int) value;
            from = to;
            value = points.getLong(at + Long.BYTES);
        }
        if (wideBits != 0) {
            accumulateWideStretches(firstFrom, first, points, offset, count, direction);
            return;
        }
        duration += ((from - firstFrom) ^ direction) - direction;
        accumulateFirst(low, high, direction);
        accumulateSecond(squareLow, squareHigh, 0, direction);
    }

    /** Adds or subtracts stretches of any values; those of unknown values are left out. */
    private void accumulateWideStretches(
            final long firstFrom,
            final long first,
            final NativeBuffer points,
            final int offset,
            final int count,
            final long direction) {
        long low = 0;
        long high = 0;
        long squareLow = 0;
        long squareMiddle = 0;
        long squareHigh = 0;
        long weights = 0;
        long from = firstFrom;
        long value = first;
        for (int i = 0, at = offset; i < count; i++, at += RunSummary.POINT_LENGTH) {
            final long to = points.getLong(at);
            if (value != UNKNOWN) {
                final long weight = to - from;
                weights += weight;
                final long productLow = value * weight;
                final long productHigh = UnsignedMath.multiplyHigh(value, weight);
                low += productLow;
                high += productHigh + UnsignedMath.carry(low, productLow);

                final long lowerHigh = UnsignedMath.multiplyHigh(value, productLow);
                final long middle = lowerHigh + value * productHigh;
                final long lowest = value * productLow;
                squareLow += lowest;
                final long carry = UnsignedMath.carry(squareLow, lowest);
                final long partial = squareMiddle + middle;
                squareMiddle = partial + carry;
                squareHigh += Math.multiplyHigh(value, productHigh)
                        + (lowerHigh >> 63)
                        + UnsignedMath.carry(middle, lowerHigh)
                        + UnsignedMath.carry(partial, middle)
                        + UnsignedMath.carry(squareMiddle, partial);
            }
            from = to;
            value = points.getLong(at + Long.BYTES);
        }
        duration += (weights ^ direction) - direction;
        accumulateFirst(low, high, direction);
        accumulateSecond(squareLow, squareMiddle, squareHigh, direction);
    }

    /** Adds the moments of other points; the extended part is kept only if both have it. */
    void add(final Moments other) {
        isExtended &= other.isExtended;
        if (isExtended) {
            extended.add(other.extended);
        }
        duration += other.duration;
        accumulateFirst(other.firstLow, other.firstHigh, ADD);
        accumulateSecond(other.secondLow, other.secondMiddle, other.secondHigh, ADD);
    }

    /**
     * Sets an integer to {@code W M2 - M1^2}, the variance times the square of the sum of weights {@code W}. The
     * highest word of {@code M2} counts as unsigned: so even for a torn record the result has at most 256 bits.
     *
     * @param first  is set to {@code M1}.
     * @param square is set to {@code M1^2}.
     */
    WideInteger spread(final long weight, final WideInteger target, final WideInteger first, final WideInteger square) {
        first.setSigned(firstLow, firstHigh);
        square.setProduct(first, first);
        return target.set(secondLow, secondMiddle, secondHigh).multiply(weight).subtract(square);
    }

    /**
     * Returns {@code (W M2 - M1^2) / (W (W - ddof) power)} if the numbers are short: {@code W} has at most 26 bits,
     * {@code M1} 63 and {@code M2} 90.
     *
     * @param power from 1 to 10^18, exact.
     * @return the nearest double, NaN if the numbers are longer, or if that is not certain.
     */
    double variance(final long weight, final int ddof, final double power) {
        if ((secondMiddle | weight) >>> SHORT_BITS != 0 || secondHigh != 0 || firstHigh != firstLow >> 63) {
            return Double.NaN;
        }
        final long product = secondLow * weight;
        final long square = firstLow * firstLow;
        final long low = product - square;
        final long high = secondMiddle * weight
                + UnsignedMath.multiplyHigh(weight, secondLow)
                - Math.multiplyHigh(firstLow, firstLow)
                - UnsignedMath.borrow(product, square);
        return PairQuotient.divide(high, low, weight * (weight - ddof), power);
    }

    /**
     * Sets the numerator of a quotient to {@code W M2 - M1^2}, like the other method.
     *
     * @return its sign; the numerator is set only if the sign is 1.
     */
    int spread(final long weight, final PairQuotient quotient) {
        final long sign = firstHigh >> 63;
        final long low = (firstLow ^ sign) - sign;
        final long high = (firstHigh ^ sign) - (firstLow == 0 ? sign : 0);
        final long square1 = UnsignedMath.multiplyHighUnsigned(low, low);
        long s1 = square1;
        long s2 = 0;
        long s3 = 0;
        if (high != 0) {
            final long cross0 = low * high;
            final long cross1 = UnsignedMath.multiplyHighUnsigned(low, high);
            s1 = square1 + (cross0 << 1);
            final long doubled = cross1 << 1 | cross0 >>> 63;
            final long partial = high * high + UnsignedMath.carry(s1, square1);
            s2 = partial + doubled;
            s3 = UnsignedMath.multiplyHighUnsigned(high, high)
                    + (cross1 >>> 63)
                    + UnsignedMath.carry(partial, high * high)
                    + UnsignedMath.carry(s2, partial);
        }
        final long product1 = UnsignedMath.multiplyHighUnsigned(secondLow, weight);
        final long p1 = secondMiddle * weight + product1;
        final long product2 =
                UnsignedMath.multiplyHighUnsigned(secondMiddle, weight) + UnsignedMath.carry(p1, product1);
        final long p2 = secondHigh * weight + product2;
        final long p3 = UnsignedMath.multiplyHighUnsigned(secondHigh, weight) + UnsignedMath.carry(p2, product2);

        final long p0 = secondLow * weight;
        final long s0 = low * low;
        final long d0 = p0 - s0;
        final long d1 = p1 - s1;
        final long borrow0 = UnsignedMath.borrow(p0, s0);
        final long d1Borrowed = d1 - borrow0;
        final long borrow1 = UnsignedMath.borrow(p1, s1) + UnsignedMath.borrow(d1, borrow0);
        final long d2 = p2 - s2;
        final long d2Borrowed = d2 - borrow1;
        final long borrow2 = UnsignedMath.borrow(p2, s2) + UnsignedMath.borrow(d2, borrow1);
        final long d3 = p3 - s3;
        final long d3Borrowed = d3 - borrow2;
        if (UnsignedMath.borrow(p3, s3) + UnsignedMath.borrow(d3, borrow2) > 0) {
            return -1;
        }
        if ((d0 | d1Borrowed | d2Borrowed | d3Borrowed) == 0) {
            return 0;
        }
        quotient.numerator(d3Borrowed, d2Borrowed, d1Borrowed, d0);
        return 1;
    }

    /** Loads the sums of the hot part only. */
    void load(final NativeBuffer buffer, final long offset) {
        isExtended = false;
        duration = buffer.getLong(offset + DURATION_OFFSET);
        firstLow = buffer.getLong(offset + FIRST_MOMENT_OFFSET);
        firstHigh = buffer.getLong(offset + FIRST_MOMENT_OFFSET + 8);
        secondLow = buffer.getLong(offset + SECOND_MOMENT_OFFSET);
        secondMiddle = buffer.getLong(offset + SECOND_MOMENT_OFFSET + 8);
        secondHigh = buffer.getLong(offset + SECOND_MOMENT_OFFSET + 16);
    }

    /** Loads the sums of {@link NarrowSummaryDescriptor}, in FLOW. */
    void loadNarrowFlow(final NativeBuffer buffer, final long offset) {
        isExtended = false;
        duration = 0;
        firstLow = buffer.getLong(offset + NarrowSummaryDescriptor.FIRST_MOMENT_OFFSET);
        firstHigh = firstLow >> 63;
        secondLow = buffer.getLong(offset + NarrowSummaryDescriptor.SECOND_MOMENT_OFFSET);
        secondMiddle = buffer.getInt(offset + NarrowSummaryDescriptor.SECOND_MOMENT_UPPER_OFFSET);
        secondHigh = 0;
    }

    /** Loads the sums of {@link NarrowSummaryDescriptor}, in STEP. */
    void loadNarrowStep(final NativeBuffer buffer, final long offset) {
        isExtended = false;
        duration = buffer.getLong(offset + NarrowSummaryDescriptor.DURATION_OFFSET);
        firstLow = buffer.getLong(offset + NarrowSummaryDescriptor.FIRST_MOMENT_OFFSET);
        firstHigh = buffer.getLong(offset + NarrowSummaryDescriptor.FIRST_MOMENT_HIGH_OFFSET);
        secondLow = buffer.getLong(offset + NarrowSummaryDescriptor.SECOND_MOMENT_OFFSET);
        secondMiddle = buffer.getLong(offset + NarrowSummaryDescriptor.SECOND_MOMENT_MIDDLE_OFFSET);
        secondHigh = 0;
    }

    /** Also loads the sums of the extended part. */
    void loadExtended(final NativeBuffer buffer, final long offset) {
        extended.load(buffer, offset);
        isExtended = true;
    }

    void store(final NativeBuffer buffer, final long offset) {
        buffer.putLong(offset + DURATION_OFFSET, duration);
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
        final long high = UnsignedMath.multiplyHigh(value, weight);
        accumulateFirst(low, high, direction);

        if ((int) value == value) {
            final long square = value * value;
            accumulateSecond(square * weight, UnsignedMath.multiplyHigh(square, weight), 0, direction);
            return;
        }
        final long lowerHigh = UnsignedMath.multiplyHigh(value, low);
        final long upperLow = value * high;
        final long middle = lowerHigh + upperLow;
        accumulateSecond(
                value * low,
                middle,
                Math.multiplyHigh(value, high) + (lowerHigh >> 63) + UnsignedMath.carry(middle, lowerHigh),
                direction);
    }

    /* The direction is a mask: s - x = ~(~s + x), so one carry chain adds and subtracts. */
    private void accumulateFirst(final long low, final long high, final long direction) {
        final long before = firstLow ^ direction;
        final long sum = before + low;
        firstLow = sum ^ direction;
        firstHigh = ((firstHigh ^ direction) + high + UnsignedMath.carry(sum, before)) ^ direction;
    }

    private void accumulateSecond(final long low, final long middle, final long high, final long direction) {
        final long before = secondLow ^ direction;
        final long sum = before + low;
        final long middleBefore = secondMiddle ^ direction;
        final long partial = middleBefore + middle;
        final long carried = UnsignedMath.carry(sum, before);
        final long middleSum = partial + carried;
        final long carry = UnsignedMath.carry(partial, middleBefore) + UnsignedMath.carry(middleSum, partial);
        secondLow = sum ^ direction;
        secondMiddle = middleSum ^ direction;
        secondHigh = ((secondHigh ^ direction) + high + carry) ^ direction;
    }
}
