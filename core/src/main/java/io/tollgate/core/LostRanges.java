package io.tollgate.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Ranges of operations that a log has not, found without a look at each. */
final class LostRanges {
    /** Of a log that has all. */
    static final LostRanges NONE = new LostRanges(List.of());

    private final long[] firstSequences;

    /** Of each range the last operation of it and of those that begin before it. */
    private final long[] lastSequences;

    /** Some ranges, in any order. */
    LostRanges(final Collection<LostRange> ranges) {
        final List<LostRange> ascending = ascending(ranges);
        firstSequences = ascending.stream().mapToLong(LostRange::firstSequence).toArray();
        lastSequences = ascending.stream().mapToLong(LostRange::lastSequence).toArray();
        for (int i = 1; i < lastSequences.length; i++) {
            lastSequences[i] = Math.max(lastSequences[i], lastSequences[i - 1]);
        }
    }

    /** Some ranges, in any order, of which those between which nothing stands are one. */
    static LostRanges joined(final Collection<LostRange> ranges) {
        final List<LostRange> joined = new ArrayList<>();
        for (final LostRange range : ascending(ranges)) {
            final int end = joined.size() - 1;
            if (end >= 0 && range.firstSequence() <= joined.get(end).lastSequence() + 1) {
                final LostRange last = joined.get(end);
                joined.set(
                        end, new LostRange(last.firstSequence(), Math.max(last.lastSequence(), range.lastSequence())));
            } else {
                joined.add(range);
            }
        }
        return new LostRanges(joined);
    }

    private static List<LostRange> ascending(final Collection<LostRange> ranges) {
        return ranges.stream()
                .filter(range -> !range.isEmpty())
                .sorted(Comparator.comparingLong(LostRange::firstSequence))
                .toList();
    }

    /** Whether all of a range is in one of them. */
    boolean include(final LostRange range) {
        return range.isEmpty() || lastOfThoseUpTo(range.firstSequence()) >= range.lastSequence();
    }

    /** Whether any operation of a range is in one of them. */
    boolean meet(final LostRange range) {
        return !range.isEmpty() && lastOfThoseUpTo(range.lastSequence()) >= range.firstSequence();
    }

    /** The last operation of all ranges that begin up to one. */
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
        return low == 0 ? Long.MIN_VALUE : lastSequences[low - 1];
    }
}
