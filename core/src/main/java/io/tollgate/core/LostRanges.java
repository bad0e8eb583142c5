package io.tollgate.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Ranges of operations that a log has not, found without a look at each. */
final class LostRanges {
    private final long[] firstSequences;

    /** Of each range the last operation of it and of those that begin before it. */
    private final long[] lastSequences;

    /** Some ranges, in any order; those that end before they begin are none. */
    LostRanges(final Collection<LostRange> ranges) {
        final List<LostRange> ascending = ranges.stream()
                .filter(range -> range.firstSequence() <= range.lastSequence())
                .sorted(Comparator.comparingLong(LostRange::firstSequence))
                .toList();
        firstSequences = ascending.stream().mapToLong(LostRange::firstSequence).toArray();
        lastSequences = ascending.stream().mapToLong(LostRange::lastSequence).toArray();
        for (int i = 1; i < lastSequences.length; i++) {
            lastSequences[i] = Math.max(lastSequences[i], lastSequences[i - 1]);
        }
    }

    /** Whether all of a range is in one of them. */
    boolean include(final LostRange range) {
        return lastOfThoseUpTo(range.firstSequence()) >= range.lastSequence();
    }

    /** Whether any operation of a range is in one of them. */
    boolean meet(final LostRange range) {
        return lastOfThoseUpTo(range.lastSequence()) >= range.firstSequence();
    }

    /** The last operation of all ranges that begin up to one, 0 if there are none. */
    private long lastOfThoseUpTo(final long sequence) {
        int low = 0;
        int high = firstSequences.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (firstSequences[middle] <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : lastSequences[low - 1];
    }
}
