package io.tollgate.api;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One number of a reading, and what it is worth. Immutable; two of the same text are equal, so one text stands for one
 * number.
 *
 * @param <R>    the reading.
 * @param text   what it is called, in logs and messages: 1 to {@value #MAX_TEXT_LENGTH} characters of printable ASCII.
 * @param status what the number is worth as read last.
 * @param value  the number as read last; any where the status has none.
 */
public record Answer<R>(String text, Function<R, Status> status, ToDoubleFunction<R> value) {
    /** The longest text, in characters. */
    public static final int MAX_TEXT_LENGTH = 64;

    /**
     * Checks that all are there.
     *
     * @param text   what it is called.
     * @param status what the number is worth as read last.
     * @param value  the number as read last.
     * @throws IllegalArgumentException if the text is out of range.
     */
    public Answer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(value, "value");
        requireText(text, MAX_TEXT_LENGTH);
    }

    /**
     * A number of a reading.
     *
     * @param <R>    the reading.
     * @param text   what it is called.
     * @param status what the number is worth as read last.
     * @param value  the number as read last.
     * @return the answer.
     * @throws IllegalArgumentException if the text is out of range.
     */
    public static <R> Answer<R> of(
            final String text, final Function<R, Status> status, final ToDoubleFunction<R> value) {
        return new Answer<>(text, status, value);
    }

    static void requireText(final String text, final int most) {
        if (text.isEmpty() || text.length() > most || !text.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "text=" + text + ", expected 1 to " + most + " characters of printable ASCII");
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Answer<?> answer && text.equals(answer.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
