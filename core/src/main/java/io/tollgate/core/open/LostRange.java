package io.tollgate.core.open;

import java.util.stream.Stream;

/**
 * A range of operations that a log lacks.
 *
 * @param firstSequence of the first.
 * @param lastSequence  of the last.
 */
public record LostRange(long firstSequence, long lastSequence) {
    /** Returns the part of the range up to an operation, if not empty. */
    public Stream<LostRange> upTo(final long sequence) {
        return of(firstSequence, Math.min(lastSequence, sequence));
    }

    /** Returns the part of the range after an operation, if not empty. */
    public Stream<LostRange> after(final long sequence) {
        return of(Math.max(firstSequence, sequence + 1), lastSequence);
    }

    /** Returns the range, if not empty. */
    public static Stream<LostRange> of(final long firstSequence, final long lastSequence) {
        return lastSequence < firstSequence ? Stream.empty() : Stream.of(new LostRange(firstSequence, lastSequence));
    }
}
