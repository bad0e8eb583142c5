package io.tollgate.core.number;

import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle of {@link ShapeQuotients}. It sums deviations from the mean over all points; the engine only has sums of
 * powers. With W the sum of weights and S the sum of values it uses integers {@code W v - S}.
 */
final class NaiveShape {
    /** A value with its weight, the doubled middle time of its interval, and the length of the interval. */
    private record Stretch(BigInteger value, BigInteger weight, BigInteger middle, BigInteger length) {}

    private final List<Stretch> stretches = new ArrayList<>();
    BigInteger weight = ZERO;
    BigInteger sum = ZERO;
    BigInteger middles = ZERO;

    NaiveShape(final NaiveRun run, final boolean timeWeighted) {
        for (int i = 0; i < run.size(); i++) {
            final BigInteger value = BigInteger.valueOf(run.get(i).value());
            final BigInteger from = BigInteger.valueOf(run.get(i).time());
            if (!timeWeighted) {
                add(new Stretch(value, BigInteger.ONE, from.shiftLeft(1), ZERO));
            } else if (i < run.size() - 1 && run.get(i).value() != ReadableRunSummary.UNKNOWN) {
                final BigInteger to = BigInteger.valueOf(run.get(i + 1).time());
                add(new Stretch(value, to.subtract(from), from.add(to), to.subtract(from)));
            }
        }
    }

    private void add(final Stretch stretch) {
        stretches.add(stretch);
        weight = weight.add(stretch.weight);
        sum = sum.add(stretch.value.multiply(stretch.weight));
        middles = middles.add(stretch.middle.multiply(stretch.weight));
    }

    /** Returns {@code sum(w (W v - S)^k)}. */
    BigInteger deviation(final int power) {
        BigInteger total = ZERO;
        for (final Stretch stretch : stretches) {
            final BigInteger deviation = weight.multiply(stretch.value).subtract(sum);
            total = total.add(deviation.pow(power).multiply(stretch.weight));
        }
        return total;
    }

    /** Returns {@code 12 W^2} times the integral of the squared distance from the mean time. */
    BigInteger timeDeviation() {
        BigInteger total = ZERO;
        for (final Stretch stretch : stretches) {
            final BigInteger within = weight.multiply(stretch.length).pow(2);
            final BigInteger between = distance(stretch).pow(2).multiply(BigInteger.valueOf(3));
            total = total.add(within.add(between).multiply(stretch.weight));
        }
        return total;
    }

    /** Returns {@code 2 W} times the integral of the value times the distance from the mean time. */
    BigInteger codeviation() {
        BigInteger total = ZERO;
        for (final Stretch stretch : stretches) {
            total = total.add(distance(stretch).multiply(stretch.value).multiply(stretch.weight));
        }
        return total;
    }

    private BigInteger distance(final Stretch stretch) {
        return weight.multiply(stretch.middle).subtract(middles);
    }
}
