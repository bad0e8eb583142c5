package io.tollgate.bench.peers;

import io.tollgate.examples.heap.WindowMetrics;
import java.util.Locale;
import java.util.StringJoiner;

/** What of a peer's answers is right, and what is not, beside those of the oracle. One thread. */
final class Verdict {
    private static final double TOLERANCE = 1e-9;

    private final boolean hasSd;
    private final boolean hasExtremes;
    private boolean isCountWrong;
    private boolean isSumWrong;
    private boolean areExtremesWrong;
    private double sdError;

    Verdict(final boolean hasSd, final boolean hasExtremes) {
        this.hasSd = hasSd;
        this.hasExtremes = hasExtremes;
    }

    /** Compares the answers for one window. */
    void add(final WindowMetrics expected, final WindowMetrics actual) {
        isCountWrong |= expected.count != actual.count;
        isSumWrong |= isWrong(error(expected.sum, actual.sum)) || isWrong(error(expected.mean, actual.mean));
        if (hasExtremes) {
            areExtremesWrong |= isWrong(error(expected.min, actual.min)) || isWrong(error(expected.max, actual.max));
        }
        if (hasSd && !Double.isNaN(expected.sd)) {
            sdError = Math.max(sdError, error(expected.sd, actual.sd));
        }
    }

    /** Relative to what is expected; infinite where there is no answer. */
    private static double error(final double expected, final double actual) {
        if (Double.isNaN(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        return actual == expected ? 0 : Math.abs((actual - expected) / expected);
    }

    private static boolean isWrong(final double error) {
        return error > TOLERANCE;
    }

    /** The largest relative error of sd; {@code -} where the peer has no sd, {@code NaN} where it did not answer. */
    String sdError() {
        if (!hasSd) {
            return "-";
        }
        return Double.isInfinite(sdError) ? "NaN" : String.format(Locale.ROOT, "%.0e", sdError);
    }

    /** {@code right}, or what is off by more than 10^-9. */
    @Override
    public String toString() {
        final StringJoiner wrong = new StringJoiner(" ", "wrong: ", "").setEmptyValue("right");
        if (isCountWrong) {
            wrong.add("count");
        }
        if (isSumWrong) {
            wrong.add("sum");
        }
        if (isWrong(sdError)) {
            wrong.add("sd");
        }
        if (areExtremesWrong) {
            wrong.add("min-max");
        }
        return wrong.toString();
    }
}
