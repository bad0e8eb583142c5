package io.tollgate.core.group;

import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.Instants;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.collections.IntArrayList;

/**
 * The series of a watched panel that have changed, each with the start of its change. About 40 bytes a series. Writer
 * only.
 */
public final class ChangedSeries {
    /** The start of the change of a series that has not changed. */
    private static final long QUIET = Long.MAX_VALUE;

    /** Replaces a follower that has ended. */
    static final ChangedSeries NOBODY = new ChangedSeries(Set.of(), List.of());

    /** Receives the changed series. */
    @FunctionalInterface
    public interface Follower {
        /**
         * Receives a changed series.
         *
         * @param seriesNumber of the series.
         * @param fromNs       the earliest start of its changes.
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
     * Creates an empty set.
     *
     * @param keys     the series of the panel.
     * @param patterns the patterns of its members.
     */
    public ChangedSeries(final Set<String> keys, final List<MemberPattern> patterns) {
        this.keys = Set.copyOf(keys);
        this.patterns = List.copyOf(patterns);
    }

    /** Returns true if the panel contains a series, or may contain it once other series are defined. */
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

    /** Adds a series and marks it as changed. Returns its index. Allocates. */
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

    /** Marks a series as changed. */
    void changed(final int index, final long fromNs) {
        if (earliestNs[index] == QUIET) {
            changed.addInt(index);
        }
        earliestNs[index] = Math.min(earliestNs[index], fromNs);
    }

    /**
     * Passes on the series that have changed since the last call.
     *
     * @param follower the receiver.
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
