package io.tollgate.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import java.util.HashMap;
import java.util.Map;

/**
 * The operations that bring the versions of a series about again: points and withdrawals in the order of their
 * knowledge times. Operations of the same time stay in the order of versions; the end of the life comes last. One
 * thread at a time.
 */
final class SeriesReplay {
    private final StableOrder order = new StableOrder();
    private final Operations operations;
    private final SeriesVersions versions;
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
        this.closedAtNs = closedAtNs;
        this.operations = operations;
        isOpen = closedAtNs != Instants.NONE;
        times = new long[2 * versions.count()];
        amounts = new long[2 * versions.count()];
        codes = new int[2 * versions.count()];
        size = fill(policy);
        sorted = order.sorted(size, (a, b) -> times[a] < times[b]);
    }

    private int fill(final DuplicatePolicy policy) {
        final int count = versions.count();
        final int[] byInstant = order.sorted(count, this::isBefore);
        int next = 0;
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && versions.validTimeNs(byInstant[to]) == versions.validTimeNs(byInstant[from])) {
                to++;
            }
            final int[] successors = successors(byInstant, from, to, policy);
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
    private int[] successors(final int[] sorted, final int from, final int to, final DuplicatePolicy policy) {
        if (to - from == 1 || policy == DuplicatePolicy.KEEP_FIRST || policy == DuplicatePolicy.REJECT) {
            return new int[0];
        }
        final int[] next = new int[to - from];
        final Map<Long, Integer> named = new HashMap<>();
        for (int i = to - 1; i >= from; i--) {
            final int version = sorted[i];
            final int ofInstant = i + 1 < to ? sorted[i + 1] : -1;
            final int later = policy == DuplicatePolicy.ALL ? ofReference(version, named) : ofInstant;
            next[i - from] = later >= 0 && isRevision(version, later, policy) ? later : -1;
        }
        return next;
    }

    /** Returns the next version with the same reference, -1 if there is none, and notes this version. */
    private int ofReference(final int version, final Map<Long, Integer> named) {
        final long reference = versions.reference(version);
        final Integer later = reference == Publisher.NO_REFERENCE ? null : named.put(reference, version);
        return later == null ? -1 : later;
    }

    /** A withdrawn point that was offered again unchanged is no revision. */
    private boolean isRevision(final int version, final int later, final DuplicatePolicy policy) {
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
