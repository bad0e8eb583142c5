package io.tollgate.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The operations that bring the versions of a series about again: points and withdrawals in the order of their
 * knowledge times. Operations of the same time stay in the order of versions; the end of the life comes last.
 *
 * <p>Under {@link DuplicatePolicy#ALL}, a point without a reference can only be withdrawn while its instant has no
 * other point. So the versions with a reference that end at a knowledge time come first, then those without a reference
 * that end at it, then all others of that time.
 *
 * <p>One thread at a time.
 */
final class SeriesReplay {
    private final StableOrder order = new StableOrder();
    private final Operations operations;
    private final SeriesVersions versions;
    private final DuplicatePolicy policy;
    private final long closedAtNs;
    private final int size;
    /** At most one withdrawal for each version. Negative codes are withdrawals. */
    private final long[] times;

    private final long[] amounts;
    private final int[] codes;
    private final int[] sorted;
    private int position;
    /** True while the end of the life is to come. */
    private boolean isOpen;

    /** Receives the operations of a series in their order. */
    interface Operations {
        /** Offers the value of a version; under SUM the amount that leads to it. */
        void offer(int version, long value);

        void withdraw(int version);

        /** Ends the life of the series. */
        void close();
    }

    /**
     * Sorts the operations.
     *
     * @param versions   of the series, unchanged until the last operation.
     * @param policy     of the series.
     * @param closedAtNs knowledge time of the end of its life, {@link Instants#NONE} while it is open.
     * @param operations receives them.
     */
    SeriesReplay(
            final SeriesVersions versions,
            final DuplicatePolicy policy,
            final long closedAtNs,
            final Operations operations) {
        this.versions = versions;
        this.policy = policy;
        this.closedAtNs = closedAtNs;
        this.operations = operations;
        isOpen = closedAtNs != Instants.NONE;
        times = new long[2 * versions.count()];
        amounts = new long[2 * versions.count()];
        codes = new int[2 * versions.count()];
        size = fill();
        sorted = order.sorted(size, this::isOperationBefore);
    }

    private boolean isOperationBefore(final int a, final int b) {
        return times[a] != times[b] ? times[a] < times[b] : policy == DuplicatePolicy.ALL && rank(a) < rank(b);
    }

    private int rank(final int place) {
        final int version = codes[place] < 0 ? ~codes[place] : codes[place];
        if (versions.knownUntilNs(version) != times[place]) {
            return 2;
        }
        return versions.reference(version) == Publisher.NO_REFERENCE ? 1 : 0;
    }

    private int fill() {
        final int count = versions.count();
        final int[] byInstant = order.sorted(count, this::isBefore);
        int next = 0;
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && versions.validTimeNs(byInstant[to]) == versions.validTimeNs(byInstant[from])) {
                to++;
            }
            final int[] successors = successors(byInstant, from, to);
            long sum = 0;
            for (int i = from; i < to; i++) {
                final int version = byInstant[i];
                final int successor = successors.length == 0 ? -1 : successors[i - from];
                times[next] = versions.knownAtNs(version);
                amounts[next] = versions.value(version) - sum;
                codes[next++] = version;
                sum = successor >= 0 && policy == DuplicatePolicy.SUM ? versions.value(version) : 0;
                if (versions.knownUntilNs(version) != Instants.NONE && successor < 0) {
                    times[next] = versions.knownUntilNs(version);
                    codes[next++] = ~version;
                }
            }
            from = to;
        }
        return next;
    }

    /** Passes on the next operation. Returns false if there is none. */
    boolean next() {
        if (isOpen && (position == size || times[sorted[position]] > closedAtNs)) {
            isOpen = false;
            operations.close();
            return true;
        }
        if (position == size) {
            return false;
        }
        final int place = sorted[position++];
        if (codes[place] < 0) {
            operations.withdraw(~codes[place]);
        } else {
            operations.offer(codes[place], amounts[place]);
        }
        return true;
    }

    private boolean isBefore(final int a, final int b) {
        return versions.validTimeNs(a) != versions.validTimeNs(b)
                ? versions.validTimeNs(a) < versions.validTimeNs(b)
                : versions.knownAtNs(a) < versions.knownAtNs(b);
    }

    /**
     * Finds the version that revised each version of an instant.
     *
     * @return its index for each version, -1 if it was not revised; empty if none was.
     */
    private int[] successors(final int[] sorted, final int from, final int to) {
        if (to - from == 1 || policy == DuplicatePolicy.KEEP_FIRST || policy == DuplicatePolicy.REJECT) {
            return new int[0];
        }
        final int[] next = new int[to - from];
        final Map<Long, Integer> named = new HashMap<>();
        final Set<Long> soleEndsNs = policy == DuplicatePolicy.ALL ? soleEndsNs(sorted, from, to) : Set.of();
        for (int i = to - 1; i >= from; i--) {
            final int version = sorted[i];
            final int ofInstant = i + 1 < to ? sorted[i + 1] : -1;
            final int later = policy == DuplicatePolicy.ALL ? ofReference(version, named) : ofInstant;
            final boolean isRevised =
                    later >= 0 && isRevision(version, later) && !soleEndsNs.contains(versions.knownAtNs(later));
            next[i - from] = isRevised ? later : -1;
        }
        return next;
    }

    /**
     * Returns the knowledge times at which a point without a reference was withdrawn. The instant had no other point
     * then, so a point with a reference that ends at such a time was withdrawn, not revised.
     */
    private Set<Long> soleEndsNs(final int[] sorted, final int from, final int to) {
        final Set<Long> ends = new HashSet<>();
        for (int i = from; i < to; i++) {
            if (versions.reference(sorted[i]) == Publisher.NO_REFERENCE) {
                ends.add(versions.knownUntilNs(sorted[i]));
            }
        }
        return ends;
    }

    /** Returns the next version with the same reference, -1 if there is none, and notes this version. */
    private int ofReference(final int version, final Map<Long, Integer> named) {
        final long reference = versions.reference(version);
        final Integer later = reference == Publisher.NO_REFERENCE ? null : named.put(reference, version);
        return later == null ? -1 : later;
    }

    /** A withdrawn point that was offered again unchanged is no revision. */
    private boolean isRevision(final int version, final int later) {
        if (versions.knownUntilNs(version) != versions.knownAtNs(later)) {
            return false;
        }
        if (policy == DuplicatePolicy.SUM) {
            final long difference = versions.value(later) - versions.value(version);
            final boolean isOverflow =
                    ((versions.value(later) ^ versions.value(version)) & (versions.value(later) ^ difference)) < 0;
            return !isOverflow && difference != Decimals.UNKNOWN;
        }
        return versions.value(version) != versions.value(later)
                || versions.reference(version) != versions.reference(later);
    }
}
