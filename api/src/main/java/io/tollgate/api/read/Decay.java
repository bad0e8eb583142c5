package io.tollgate.api.read;

import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.util.Objects;

/**
 * The speed of exponential decay, for {@link Metric#ewma(Decay)}: a half-life or a time constant. Immutable.
 *
 * <pre>{@code
 * Metric smoothed = Metric.ewma(Decay.halfLife(Duration.ofDays(30)));
 * }</pre>
 */
public sealed interface Decay {
    /**
     * Creates a decay by half-life: the time after which 1/2 of the weight is left.
     *
     * @param length the half-life; a day has exactly 24 h.
     * @return the decay.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static HalfLife halfLife(final Duration length) {
        Objects.requireNonNull(length, "length");
        return new HalfLife(nanos("halfLife", length));
    }

    /**
     * Creates a decay by time constant: the time after which 1/e of the weight, 37%, is left.
     *
     * @param length the time constant; a day has exactly 24 h.
     * @return the decay.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static TimeConstant timeConstant(final Duration length) {
        Objects.requireNonNull(length, "length");
        return new TimeConstant(nanos("timeConstant", length));
    }

    /**
     * Returns the text form of the command line.
     *
     * @return {@code 30d} for a half-life of 30 days, {@code tau-30d} for a time constant of 30 days.
     */
    String text();

    private static long nanos(final String name, final Duration length) {
        try {
            return length.toNanos();
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException(name + "=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * Decay with weight {@code 2^(-dt / length)} after dt.
     *
     * @param lengthNs half-life in ns, 1 or more.
     */
    record HalfLife(long lengthNs) implements Decay {
        /**
         * Checks the length.
         *
         * @param lengthNs half-life in ns, 1 or more.
         * @throws IllegalArgumentException if the length is not above 0.
         */
        public HalfLife {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("halfLifeNs=" + lengthNs + ", expected 1 or more");
            }
        }

        @Override
        public String text() {
            return DurationText.of(lengthNs);
        }
    }

    /**
     * Decay with weight {@code e^(-dt / length)} after dt.
     *
     * @param lengthNs time constant in ns, 1 or more.
     */
    record TimeConstant(long lengthNs) implements Decay {
        /**
         * Checks the length.
         *
         * @param lengthNs time constant in ns, 1 or more.
         * @throws IllegalArgumentException if the length is not above 0.
         */
        public TimeConstant {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("timeConstantNs=" + lengthNs + ", expected 1 or more");
            }
        }

        @Override
        public String text() {
            return "tau-" + DurationText.of(lengthNs);
        }
    }
}
