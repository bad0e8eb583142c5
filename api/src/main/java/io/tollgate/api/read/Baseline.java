package io.tollgate.api.read;

import io.tollgate.api.text.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The reference value of a comparison metric ({@link BaselineRatio}, {@link PoissonScore}). Immutable.
 *
 * <pre>{@code
 * Metric weekOnMonth = Metric.ratioTo(Baseline.earlier(Duration.ofDays(7), 4));
 * Metric againstTarget = Metric.ratioTo(Baseline.fixed("251.5"));
 * }</pre>
 */
public sealed interface Baseline {
    /** The largest number of earlier windows in a baseline. */
    int MAX_COUNT = 1_000;

    /**
     * Creates a baseline with a fixed mean.
     *
     * @param mean decimal text, in the unit of the series.
     * @return the baseline.
     * @throws IllegalArgumentException if the text is not a decimal number.
     */
    static Fixed fixed(final String mean) {
        return new Fixed(DecimalParameter.parse("mean", mean));
    }

    /**
     * Creates a baseline of the same window at earlier instants: {@code t - shift}, {@code t - 2 shift} and so on. For
     * a FLOW it is the mean of their sums, for a STEP the mean over their known time.
     *
     * @param shift distance between two windows; a day has exactly 24 h.
     * @param count number of earlier windows, 1 to {@link #MAX_COUNT}.
     * @return the baseline.
     * @throws IllegalArgumentException if the shift is not above 0 or longer than 292 years, or the count is out of
     *                                  range.
     */
    static Earlier earlier(final Duration shift, final int count) {
        Objects.requireNonNull(shift, "shift");
        try {
            return new Earlier(shift.toNanos(), count);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("shift=" + shift + ", expected at most 292 years", e);
        }
    }

    /**
     * Returns the baseline of a metric.
     *
     * @param metric any metric.
     * @return its baseline, empty for metrics without one.
     */
    static Optional<Baseline> of(final Metric metric) {
        Objects.requireNonNull(metric, "metric");
        if (metric instanceof BaselineRatio ratio) {
            return Optional.of(ratio.baseline());
        }
        return metric instanceof PoissonScore score ? Optional.of(score.baseline()) : Optional.empty();
    }

    /** {@return the text form, for example {@code 251.5} or {@code 4x7d}} */
    String text();

    /**
     * A fixed mean.
     *
     * @param mean mean in the unit of the series, without trailing zeros.
     */
    record Fixed(BigDecimal mean) implements Baseline {
        /**
         * Removes trailing zeros, so that equal numbers give equal baselines.
         *
         * @param mean mean in the unit of the series.
         * @throws IllegalArgumentException if the mean is 10^40 or more, or has more than 40 decimal places.
         */
        public Fixed {
            mean = DecimalParameter.of("mean", mean);
        }

        @Override
        public String text() {
            return mean.toPlainString();
        }
    }

    /**
     * The same window at earlier instants.
     *
     * @param shiftNs distance between two windows in ns, 1 or more.
     * @param count   number of earlier windows, 1 to {@link #MAX_COUNT}.
     */
    record Earlier(long shiftNs, int count) implements Baseline {
        /**
         * Checks the bounds.
         *
         * @param shiftNs distance between two windows in ns, 1 or more.
         * @param count   number of earlier windows, 1 to {@link #MAX_COUNT}.
         * @throws IllegalArgumentException if a value is out of range.
         */
        public Earlier {
            if (shiftNs <= 0) {
                throw new IllegalArgumentException("shiftNs=" + shiftNs + ", expected 1 or more");
            }
            if (count <= 0 || count > MAX_COUNT) {
                throw new IllegalArgumentException("count=" + count + ", expected 1 to " + MAX_COUNT);
            }
        }

        @Override
        public String text() {
            return count + "x" + DurationText.of(shiftNs);
        }
    }
}
