package io.tollgate.bench.targets;

import io.tollgate.bench.pair.PairResult;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The limit of a target.
 *
 * @param quantity that is limited.
 * @param limit    the largest accepted figure; for a speed the smallest.
 */
record Bound(Quantity quantity, double limit) {
    /** The limited quantity. */
    enum Quantity {
        /** The time divided by the reference's time. */
        RATIO("x", PairResult::ratio),
        /** The reference's time divided by the time. */
        SPEED("x as fast", result -> 1 / result.ratio()),
        /** The time of an operation. */
        NANOSECONDS("ns", PairResult::nanoseconds),
        /** The time of an opening. */
        MILLISECONDS("ms", result -> result.nanoseconds() / NANOSECONDS_A_MILLISECOND);

        private final String unit;
        private final ToDoubleFunction<PairResult> figure;

        Quantity(final String unit, final ToDoubleFunction<PairResult> figure) {
            this.unit = unit;
            this.figure = figure;
        }
    }

    private static final double NANOSECONDS_A_MILLISECOND = 1e6;

    static Bound ratio(final double most) {
        return new Bound(Quantity.RATIO, most);
    }

    static Bound speed(final double least) {
        return new Bound(Quantity.SPEED, least);
    }

    static Bound nanoseconds(final double most) {
        return new Bound(Quantity.NANOSECONDS, most);
    }

    static Bound milliseconds(final double most) {
        return new Bound(Quantity.MILLISECONDS, most);
    }

    /** Returns the measured figure of this quantity. */
    double figure(final PairResult result) {
        return quantity.figure.applyAsDouble(result);
    }

    boolean holds(final PairResult result) {
        final double figure = figure(result);
        return quantity == Quantity.SPEED ? figure >= limit : figure <= limit;
    }

    boolean isOfAnOpening() {
        return quantity == Quantity.MILLISECONDS;
    }

    @Override
    public String toString() {
        final String most = quantity == Quantity.SPEED ? ">= " : "<= ";
        final String number =
                limit == Math.rint(limit) ? Long.toString((long) limit) : String.format(Locale.ROOT, "%.1f", limit);
        return most + number + ' ' + quantity.unit;
    }
}
