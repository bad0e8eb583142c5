package io.tollgate.core.number;

import static io.tollgate.core.number.Int320.ADD;

/**
 * The exact sums of two series {@code x} and {@code y} over aligned observations, each with a weight {@code w} that
 * both share: 1 for buckets of FLOW, the covered time in ns for STEP.
 *
 * <pre>
 *   weight     sum w       64 bits, unsigned
 *   sumX       sum w x    128 bits               sumY    sum w y
 *   squareX    sum w x^2  192 bits               squareY sum w y^2
 *   product    sum w x y  192 bits, signed
 * </pre>
 *
 * <p>No sum overflows: values are above -2^63, and the weights add up to less than 2^64, so the sums stay below 2^127
 * and 2^190. The weights of a torn record may add up to more; only their sum wraps around. The sums of 2^63
 * observations of any kind stay below 2^190 and 2^253, which fits an {@link Int320}. All sums are exact: any order of
 * adding, merging and subtracting gives the same bits.
 *
 * <p>Values are in units of 10^-scale of their series. UNKNOWN is no value: the caller omits observations with it. Not
 * safe for use by several threads. No method allocates.
 */
public final class CrossMoments {
    private static final long SUBTRACT = ~ADD;

    final Int320 sumX = new Int320();
    final Int320 sumY = new Int320();
    final Int320 squareX = new Int320();
    final Int320 squareY = new Int320();
    final Int320 product = new Int320();
    private final WideInteger term = new WideInteger();
    private long weight;

    /** Creates empty sums. */
    public CrossMoments() {}

    /**
     * Removes all observations.
     *
     * @return this.
     */
    public CrossMoments clear() {
        weight = 0;
        sumX.clear();
        sumY.clear();
        squareX.clear();
        squareY.clear();
        product.clear();
        return this;
    }

    /**
     * Adds an observation.
     *
     * @param weight unsigned: 1 in FLOW, the time in ns for which both values hold in STEP.
     * @param x      the value of the first series.
     * @param y      the value of the second series.
     */
    public void add(final long weight, final long x, final long y) {
        this.weight += weight;
        accumulate(weight, x, y, ADD);
    }

    /**
     * Subtracts an observation.
     *
     * @param weight as it was added.
     * @param x      as it was added.
     * @param y      as it was added.
     */
    public void subtract(final long weight, final long x, final long y) {
        this.weight -= weight;
        accumulate(weight, x, y, SUBTRACT);
    }

    /**
     * Adds the observations of other sums.
     *
     * @param other sums of the same two series.
     */
    public void merge(final CrossMoments other) {
        weight += other.weight;
        sumX.add(other.sumX);
        sumY.add(other.sumY);
        squareX.add(other.squareX);
        squareY.add(other.squareY);
        product.add(other.product);
    }

    /** {@return the sum of weights, unsigned: the number of observations in FLOW, the time in ns they cover in STEP} */
    public long weight() {
        return weight;
    }

    private void accumulate(final long weight, final long x, final long y, final long direction) {
        final long magnitudeX = Math.abs(x);
        final long magnitudeY = Math.abs(y);
        final long signX = x >> 63;
        final long signY = y >> 63;
        sumY.add(term.set(weight).multiply(magnitudeY), direction ^ signY);
        squareY.add(term.multiply(magnitudeY), direction);
        sumX.add(term.set(weight).multiply(magnitudeX), direction ^ signX);
        product.add(term.multiply(magnitudeY), direction ^ signX ^ signY);
        squareX.add(term.set(weight).multiply(magnitudeX).multiply(magnitudeX), direction);
    }
}
