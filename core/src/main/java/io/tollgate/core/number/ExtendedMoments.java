package io.tollgate.core.number;

import static io.tollgate.core.number.Int320.ADD;
import static io.tollgate.core.number.RunSummaryDescriptor.FOURTH_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.THIRD_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.TIME_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.TIME_SQUARE_MOMENT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.TIME_VALUE_MOMENT_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The exact sums of an extended summary: third and fourth powers of values, and products with time. Times {@code t} are
 * in ns since the epoch.
 *
 * <pre>
 *                     FLOW         STEP, over segments [a, b] of a known value v         words
 *   third             sum v^3      sum v^3 (b - a)                                       4
 *   fourth            sum v^4      sum v^4 (b - a)                                       5
 *   time              sum t        2 integral t dt   = sum (b^2 - a^2)                   2
 *   timeSquare        sum t^2      3 integral t^2 dt = sum (b^3 - a^3)                   3
 *   timeValue         sum t v      2 integral t v dt = sum v (b^2 - a^2)                 3
 * </pre>
 *
 * <p>The multiples 2 and 3 make the integrals integers.
 *
 * <p>No sum overflows. {@code |v|} and {@code |t|} are below 2^63. FLOW with fewer than 2^63 events: below 2^252,
 * 2^315, 2^126, 2^189 and 2^189. STEP: weights add up to less than 2^64, so powers stay below 2^253 and 2^316. The
 * segments do not overlap and lie within (-2^63, 2^63): {@code 2 integral |t| dt} is below {@code 2 * (2^63)^2 = 2^127}
 * over both signs of t, and as these have opposite signs in {@code 2 integral t dt}, that is below 2^126;
 * {@code 3 integral t^2 dt} is below {@code 2 * (2^63)^3 = 2^190}; {@code 2 integral t v dt} is below
 * {@code 2^63 * 2^127 = 2^190}. Each has a free bit for the sign.
 *
 * <p>Not safe for use by several threads. No method allocates.
 */
final class ExtendedMoments {
    private static final long SUBTRACT = ~ADD;

    final Int320 third = new Int320();
    final Int320 fourth = new Int320();
    final Int320 time = new Int320();
    final Int320 timeSquare = new Int320();
    final Int320 timeValue = new Int320();
    private final WideInteger product = new WideInteger();

    void clear() {
        third.clear();
        fourth.clear();
        time.clear();
        timeSquare.clear();
        timeValue.clear();
    }

    void copyFrom(final ExtendedMoments other) {
        third.copyFrom(other.third);
        fourth.copyFrom(other.fourth);
        time.copyFrom(other.time);
        timeSquare.copyFrom(other.timeSquare);
        timeValue.copyFrom(other.timeValue);
    }

    /** Adds the moments of other points. */
    void add(final ExtendedMoments other) {
        third.add(other.third);
        fourth.add(other.fourth);
        time.add(other.time);
        timeSquare.add(other.timeSquare);
        timeValue.add(other.timeValue);
    }

    /** Adds an event. */
    void add(final long at, final long value) {
        accumulateEvent(at, value, ADD);
    }

    /** Subtracts an event. */
    void subtract(final long at, final long value) {
        accumulateEvent(at, value, SUBTRACT);
    }

    /** Adds a known value in force from one time to another. */
    void add(final long value, final long from, final long to) {
        accumulateSegment(value, from, to, ADD);
    }

    /** Subtracts a known value in force from one time to another. */
    void subtract(final long value, final long from, final long to) {
        accumulateSegment(value, from, to, SUBTRACT);
    }

    void load(final NativeBuffer buffer, final long offset) {
        third.load(buffer, offset + THIRD_MOMENT_OFFSET, 4);
        fourth.load(buffer, offset + FOURTH_MOMENT_OFFSET, 5);
        time.load(buffer, offset + TIME_MOMENT_OFFSET, 2);
        timeSquare.load(buffer, offset + TIME_SQUARE_MOMENT_OFFSET, 3);
        timeValue.load(buffer, offset + TIME_VALUE_MOMENT_OFFSET, 3);
    }

    void store(final NativeBuffer buffer, final long offset) {
        third.store(buffer, offset + THIRD_MOMENT_OFFSET, 4);
        fourth.store(buffer, offset + FOURTH_MOMENT_OFFSET, 5);
        time.store(buffer, offset + TIME_MOMENT_OFFSET, 2);
        timeSquare.store(buffer, offset + TIME_SQUARE_MOMENT_OFFSET, 3);
        timeValue.store(buffer, offset + TIME_VALUE_MOMENT_OFFSET, 3);
    }

    private void accumulateEvent(final long at, final long value, final long direction) {
        final long distance = Math.abs(at);
        accumulatePowers(value, 1, direction);
        time.add(product.set(distance), direction ^ sign(at));
        timeSquare.add(product.multiply(distance), direction);
        timeValue.add(product.set(distance).multiply(Math.abs(value)), direction ^ sign(at) ^ sign(value));
    }

    private void accumulateSegment(final long value, final long from, final long to, final long direction) {
        final long weight = to - from;
        accumulatePowers(value, weight, direction);

        final long fromLow = from * from;
        final long fromHigh = Math.multiplyHigh(from, from);
        final long toLow = to * to;
        final long toHigh = Math.multiplyHigh(to, to);
        final long differenceHigh = toHigh - fromHigh - UnsignedMath.borrow(toLow, fromLow);
        final long towards = direction ^ sign(differenceHigh);
        time.add(product.setSigned(toLow - fromLow, differenceHigh), towards);
        timeValue.add(product.multiply(Math.abs(value)), towards ^ sign(value));

        /* b^3 - a^3 = (b - a) (a^2 + a b + b^2); neither factor is below 0. */
        final long cross = from * to;
        final long partial = fromLow + cross;
        final long low = partial + toLow;
        final long carry = UnsignedMath.carry(partial, cross) + UnsignedMath.carry(low, partial);
        product.set(low, fromHigh + Math.multiplyHigh(from, to) + toHigh + carry);
        timeSquare.add(product.multiply(weight), direction);
    }

    private void accumulatePowers(final long value, final long weight, final long direction) {
        final long magnitude = Math.abs(value);
        product.set(weight).multiply(magnitude).multiply(magnitude).multiply(magnitude);
        third.add(product, direction ^ sign(value));
        fourth.add(product.multiply(magnitude), direction);
    }

    /** Returns the direction of a magnitude that has the sign of a number. */
    private static long sign(final long number) {
        return number >> 63;
    }
}
