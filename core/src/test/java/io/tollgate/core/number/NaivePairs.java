package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The slow, obvious oracle of {@link CrossMoments}. It keeps all observations and computes each answer from their
 * deviations.
 */
final class NaivePairs {
    record Observation(BigInteger weight, BigInteger x, BigInteger y) {
        void addTo(final CrossMoments moments) {
            moments.add(weight.longValue(), x.longValue(), y.longValue());
        }

        void subtractFrom(final CrossMoments moments) {
            moments.subtract(weight.longValue(), x.longValue(), y.longValue());
        }
    }

    final List<Observation> observations = new ArrayList<>();

    NaivePairs add(final long weight, final long x, final long y) {
        observations.add(new Observation(unsigned(weight), BigInteger.valueOf(x), BigInteger.valueOf(y)));
        return this;
    }

    CrossMoments moments() {
        final CrossMoments moments = new CrossMoments();
        observations.forEach(observation -> observation.addTo(moments));
        return moments;
    }

    /** Returns random observations with a total weight below 2^64. In a sample all weights are 1. */
    static NaivePairs random(final AdversarialLongs longs, final boolean isSample, final int size) {
        final NaivePairs pairs = new NaivePairs();
        final int relation = longs.below(5);
        final long factor = longs.below(2_000) - 1_000;
        final long constant = longs.value();
        BigInteger left = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        for (int i = 0; i < size; i++) {
            final BigInteger weight =
                    isSample ? BigInteger.ONE : unsigned(longs.any()).min(left);
            left = left.subtract(weight);
            final long small = longs.below(9) - 4;
            final long x = relation == 0 ? constant : relation == 1 ? longs.value() : longs.value() >> 11;
            final long y = switch (relation) {
                case 0, 1 -> longs.value();
                case 2 -> x * factor + small;
                case 3 -> x * factor + 7;
                default -> constant;
            };
            pairs.add(weight.longValue(), relation == 1 && longs.oneIn(2) ? small : x, y);
        }
        return pairs;
    }

    BigInteger weight() {
        return sum(Observation::weight);
    }

    /**
     * Returns the sum of {@code w (W x - Sx) (W y - Sy)}, which is the covariance of the population times the cubed
     * weight.
     */
    BigInteger codeviation() {
        return sum(observation ->
                observation.weight.multiply(deviationX(observation)).multiply(deviationY(observation)));
    }

    BigInteger squareX() {
        return sum(observation ->
                observation.weight.multiply(deviationX(observation).pow(2)));
    }

    BigInteger squareY() {
        return sum(observation ->
                observation.weight.multiply(deviationY(observation).pow(2)));
    }

    private BigInteger deviationX(final Observation observation) {
        return weight().multiply(observation.x).subtract(sum(each -> each.weight.multiply(each.x)));
    }

    private BigInteger deviationY(final Observation observation) {
        return weight().multiply(observation.y).subtract(sum(each -> each.weight.multiply(each.y)));
    }

    private BigInteger sum(final Function<Observation, BigInteger> term) {
        return observations.stream().map(term).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Requires exactly the sums of the observations. */
    void assertSums(final CrossMoments actual, final String message) {
        assertEquals(weight(), unsigned(actual.weight()), message);
        assertEquals(sum(each -> each.weight.multiply(each.x)), NaiveRun.sum(actual.sumX), message);
        assertEquals(sum(each -> each.weight.multiply(each.y)), NaiveRun.sum(actual.sumY), message);
        assertEquals(sum(each -> each.weight.multiply(each.x.pow(2))), NaiveRun.sum(actual.squareX), message);
        assertEquals(sum(each -> each.weight.multiply(each.y.pow(2))), NaiveRun.sum(actual.squareY), message);
        assertEquals(sum(each -> each.weight.multiply(each.x).multiply(each.y)), NaiveRun.sum(actual.product), message);
    }
}
