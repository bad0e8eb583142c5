package io.tollgate.core.group;

import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.Instants;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.collections.IntArrayList;

/**
 * Which of the series that a watched panel rests on have changed, and from which instant on each. Some 40 bytes a
 * series. Writer only.
 */
public final class ChangedSeries {
    /** Instead of an instant: not changed. */
    private static final long QUIET = Long.MAX_VALUE;

    /** Takes the place of a follower that has ended. */
    static final ChangedSeries NOBODY = new ChangedSeries(Set.of(), List.of());

    /** Takes what has changed. */
    @FunctionalInterface
    public interface Follower {
        /**
         * A series has changed.
         *
         * @param seriesNumber of the series.
         * @param fromNs       the earliest instant from which on.
         */
        void changed(long seriesNumber, long fromNs);
    }

    private final Set<String> keys;
    private final List<MemberPattern> patterns;
    private final IntArrayList changed = new IntArrayList();
    private long[] seriesNumbers = new long[8];
    private long[] earliestNs = new long[8];
    private int size;

    /**
     * The series that something rests on.
     *
     * @param keys     of series.
     * @param patterns of members.
     */
    public ChangedSeries(final Set<String> keys, final List<MemberPattern> patterns) {
        this.keys = Set.copyOf(keys);
        this.patterns = List.copyOf(patterns);
    }

    /** Whether it rests on a series, or may once others are defined. */
    boolean isFollowed(final String key) {
        return keys.contains(key) || patterns.stream().anyMatch(pattern -> isFollowed(pattern, key));
    }

    private static boolean isFollowed(final MemberPattern pattern, final String key) {
        return pattern.rate().code(key).isPresent()
                || pattern.weight().flatMap(weight -> weight.codeLeadingTo(key)).isPresent()
                || PatternMembers.memberships(pattern)
                        .flatMap(membership -> membership.codeLeadingTo(key))
                        .isPresent();
    }

    /** Takes a series in, and says that it has changed; returns its index. Allocates. */
    int add(final long seriesNumber) {
        if (size == seriesNumbers.length) {
            seriesNumbers = Arrays.copyOf(seriesNumbers, 2 * size);
            earliestNs = Arrays.copyOf(earliestNs, 2 * size);
        }
        seriesNumbers[size] = seriesNumber;
        earliestNs[size] = QUIET;
        changed.ensureCapacity(size + 1);
        changed(size, Instants.MIN);
        return size++;
    }

    /** Says that a series has changed. */
    void changed(final int index, final long fromNs) {
        if (earliestNs[index] == QUIET) {
            changed.addInt(index);
        }
        earliestNs[index] = Math.min(earliestNs[index], fromNs);
    }

    /**
     * Gives what has changed since the last call.
     *
     * @param follower takes it.
     */
    public void poll(final Follower follower) {
        for (int i = 0; i < changed.size(); i++) {
            final int index = changed.getInt(i);
            final long fromNs = earliestNs[index];
            earliestNs[index] = QUIET;
            follower.changed(seriesNumbers[index], fromNs);
        }
        changed.clear();
    }
}
