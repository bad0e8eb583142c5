package io.tollgate.api.read;

import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.util.Objects;

/** How fast what was fades: what {@link Metric#ewma(Decay)} takes, never a bare number. Immutable. */
public sealed interface Decay {
    /**
     * Half of it is left after a time.
     *
     * @param length of that time; a day is exactly 24 h.
     * @return the decay.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static HalfLife halfLife(final Duration length) {
        Objects.requireNonNull(length, "length");
        return new HalfLife(nanos("halfLife", length));
    }

    /**
     * One e-th of it, 37%, is left after a time.
     *
     * @param length of that time; a day is exactly 24 h.
     * @return the decay.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static TimeConstant timeConstant(final Duration length) {
        Objects.requireNonNull(length, "length");
        return new TimeConstant(nanos("timeConstant", length));
    }

    /**
     * Its length as on the command line.
     *
     * @return {@code 30d} for a half-life of 30 days, {@code tau-30d} for such a time constant.
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
     * After dt there is {@code 2^(-dt / length)} left.
     *
     * @param lengthNs of the half-life, 1 ns or more.
     */
    record HalfLife(long lengthNs) implements Decay {
        /**
         * Checks the length.
         *
         * @param lengthNs of the half-life, 1 ns or more.
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
     * After dt there is {@code e^(-dt / length)} left.
     *
     * @param lengthNs of the time constant, 1 ns or more.
     */
    record TimeConstant(long lengthNs) implements Decay {
        /**
         * Checks the length.
         *
         * @param lengthNs of the time constant, 1 ns or more.
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
