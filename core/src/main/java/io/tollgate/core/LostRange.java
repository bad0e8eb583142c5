package io.tollgate.core;

import java.util.stream.Stream;

/**
 * Operations that a log has not.
 *
 * @param firstSequence the first of them.
 * @param lastSequence  the last of them.
 */
record LostRange(long firstSequence, long lastSequence) {
    /** The part of it up to an operation, if there is one. */
    Stream<LostRange> upTo(final long sequence) {
        return of(firstSequence, Math.min(lastSequence, sequence));
    }

    /** The part of it behind an operation, if there is one. */
    Stream<LostRange> behind(final long sequence) {
        return of(Math.max(firstSequence, sequence + 1), lastSequence);
    }

    private static Stream<LostRange> of(final long firstSequence, final long lastSequence) {
        final LostRange range = new LostRange(firstSequence, lastSequence);
        return range.isEmpty() ? Stream.empty() : Stream.of(range);
    }

    /** Whether it ends before it begins. */
    boolean isEmpty() {
        return lastSequence < firstSequence;
    }
}
