package io.tollgate.api;

import java.time.Duration;

/**
 * A sliding window: the time {@code (t - lengthNs, t]} as seen from the instant t of the read. Immutable.
 *
 * @param lengthNs length of the window, 1 ns or more.
 */
public record Window(long lengthNs) {
    /**
     * Checks the length.
     *
     * @param lengthNs length of the window, 1 ns or more.
     * @throws IllegalArgumentException if the length is not above 0.
     */
    public Window {
        if (lengthNs <= 0) {
            throw new IllegalArgumentException("windowLengthNs=" + lengthNs + ", expected 1 or more");
        }
    }

    /**
     * A sliding window of a duration.
     *
     * @param length of the window; a day is exactly 24 h.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    public static Window sliding(final Duration length) {
        try {
            return new Window(length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("windowLength=" + length + ", expected at most 292 years", e);
        }
    }
}
