package io.tollgate.bench.peers;

import io.tollgate.examples.heap.WindowMetrics;
import java.util.Locale;
import java.util.StringJoiner;

/** Compares the answers of a peer with those of the oracle. Single-threaded. */
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

    /** Returns the relative error, infinite if the peer gave no answer. */
    private static double error(final double expected, final double actual) {
        if (Double.isNaN(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        return actual == expected ? 0 : Math.abs((actual - expected) / expected);
    }

    private static boolean isWrong(final double error) {
        return error > TOLERANCE;
    }

    /**
     * Returns the largest relative error of sd, {@code -} if the peer has no sd, or {@code NaN} if it gave no answer.
     */
    String sdError() {
        if (!hasSd) {
            return "-";
        }
        return Double.isInfinite(sdError) ? "NaN" : String.format(Locale.ROOT, "%.0e", sdError);
    }

    /** Returns {@code right}, or the metrics with a relative error above 10^-9. */
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
