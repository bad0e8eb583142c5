package io.tollgate.api.read;

import io.tollgate.api.text.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a window is compared with. Immutable. */
public sealed interface Baseline {
    /** Most windows that one baseline can have. */
    int MAX_COUNT = 1_000;

    /**
     * A number that is known beforehand.
     *
     * @param mean as decimal text, in the unit of the series.
     * @return the baseline.
     * @throws IllegalArgumentException if the text is no decimal number.
     */
    static Fixed fixed(final String mean) {
        return new Fixed(DecimalParameter.parse("mean", mean));
    }

    /**
     * The same window as seen from one or more earlier instants, {@code t - shift}, {@code t - 2 shift} and so on: the
     * mean of their sums of a FLOW, the mean over their known time of a STEP.
     *
     * @param shift from one to the next; a day is exactly 24 h.
     * @param count how many, 1 to {@link #MAX_COUNT}.
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
     * What a metric compares its window with.
     *
     * @param metric any.
     * @return the baseline, empty of most metrics.
     */
    static Optional<Baseline> of(final Metric metric) {
        Objects.requireNonNull(metric, "metric");
        if (metric instanceof BaselineRatio ratio) {
            return Optional.of(ratio.baseline());
        }
        return metric instanceof PoissonScore score ? Optional.of(score.baseline()) : Optional.empty();
    }

    /**
     * The baseline in one word.
     *
     * @return for example {@code 251.5} or {@code 4x7d}.
     */
    String text();

    /**
     * A number that is known beforehand.
     *
     * @param mean in the unit of the series, without trailing zeros.
     */
    record Fixed(BigDecimal mean) implements Baseline {
        /**
         * Takes trailing zeros away, so that equal numbers make equal baselines.
         *
         * @param mean in the unit of the series.
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
     * The same window as seen from earlier instants.
     *
     * @param shiftNs from one to the next, 1 ns or more.
     * @param count   how many, 1 to {@link #MAX_COUNT}.
     */
    record Earlier(long shiftNs, int count) implements Baseline {
        /**
         * Checks the bounds.
         *
         * @param shiftNs from one to the next, 1 ns or more.
         * @param count   how many, 1 to {@link #MAX_COUNT}.
         * @throws IllegalArgumentException if one is out of range.
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
