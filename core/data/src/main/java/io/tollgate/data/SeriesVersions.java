package io.tollgate.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The versions of one series, and the operations that bring them about again: points and withdrawals in the order of
 * their knowledge times. One thread at a time.
 */
final class SeriesVersions {
    private static final int INITIAL_LENGTH = 256;

    private final StableOrder order = new StableOrder();
    private long[] validTimes = new long[INITIAL_LENGTH];
    private long[] values = new long[INITIAL_LENGTH];
    private long[] knownAt = new long[INITIAL_LENGTH];
    private long[] knownUntil = new long[INITIAL_LENGTH];
    private long[] references = new long[INITIAL_LENGTH];
    private long[] rowNumbers = new long[INITIAL_LENGTH];
    private int count;

    /** Receives the operations of a series in their order. */
    interface Operations {
        /** Offers the value of a version; under SUM the amount that leads to it. */
        void offer(int version, long value);

        void withdraw(int version);

        /** Ends the life of the series. */
        void close();
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(
            final long validTimeNs,
            final long value,
            final long knownAtNs,
            final long knownUntilNs,
            final long reference,
            final long rowNumber) {
        if (count == values.length) {
            grow(count * 2);
        }
        validTimes[count] = validTimeNs;
        values[count] = value;
        knownAt[count] = knownAtNs;
        knownUntil[count] = knownUntilNs;
        references[count] = reference;
        rowNumbers[count++] = rowNumber;
    }

    private void grow(final int length) {
        validTimes = Arrays.copyOf(validTimes, length);
        values = Arrays.copyOf(values, length);
        knownAt = Arrays.copyOf(knownAt, length);
        knownUntil = Arrays.copyOf(knownUntil, length);
        references = Arrays.copyOf(references, length);
        rowNumbers = Arrays.copyOf(rowNumbers, length);
    }

    long validTimeNs(final int version) {
        return validTimes[version];
    }

    long value(final int version) {
        return values[version];
    }

    long knownAtNs(final int version) {
        return knownAt[version];
    }

    long knownUntilNs(final int version) {
        return knownUntil[version];
    }

    long reference(final int version) {
        return references[version];
    }

    long rowNumber(final int version) {
        return rowNumbers[version];
    }

    /**
     * Passes on the operations in the order of their knowledge times.
     *
     * @param policy     of the series.
     * @param closedAtNs knowledge time of the end of its life, {@link Instants#NONE} while it is open.
     * @param operations receives them. Operations of the same time stay in the order of versions; a close comes last.
     */
    void replay(final DuplicatePolicy policy, final long closedAtNs, final Operations operations) {
        final int[] sorted = order.sorted(count, this::isBefore);
        // At most one withdrawal for each version. Negative codes are withdrawals.
        final long[] times = new long[2 * count];
        final long[] amounts = new long[2 * count];
        final int[] codes = new int[2 * count];
        int size = 0;
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && validTimes[sorted[to]] == validTimes[sorted[from]]) {
                to++;
            }
            final int[] next = successors(sorted, from, to, policy);
            long sum = 0;
            for (int i = from; i < to; i++) {
                final int version = sorted[i];
                final int successor = next.length == 0 ? -1 : next[i - from];
                times[size] = knownAt[version];
                amounts[size] = values[version] - sum;
                codes[size++] = version;
                sum = successor >= 0 && policy == DuplicatePolicy.SUM ? values[version] : 0;
                if (knownUntil[version] != Instants.NONE && successor < 0) {
                    times[size] = knownUntil[version];
                    codes[size++] = ~version;
                }
            }
            from = to;
        }
        pass(times, amounts, codes, size, closedAtNs, operations);
    }

    private void pass(
            final long[] times,
            final long[] amounts,
            final int[] codes,
            final int size,
            final long closedAtNs,
            final Operations operations) {
        final int[] sorted = order.sorted(size, (a, b) -> times[a] < times[b]);
        boolean isOpen = closedAtNs != Instants.NONE;
        for (int i = 0; i < size; i++) {
            final int place = sorted[i];
            if (isOpen && times[place] > closedAtNs) {
                operations.close();
                isOpen = false;
            }
            if (codes[place] < 0) {
                operations.withdraw(~codes[place]);
            } else {
                operations.offer(codes[place], amounts[place]);
            }
        }
        if (isOpen) {
            operations.close();
        }
    }

    private boolean isBefore(final int a, final int b) {
        return validTimes[a] != validTimes[b] ? validTimes[a] < validTimes[b] : knownAt[a] < knownAt[b];
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
        final boolean isByInstant = policy != DuplicatePolicy.ALL;
        final Map<Long, Integer> following = new HashMap<>();
        for (int i = to - 1; i >= from; i--) {
            final int version = sorted[i];
            final long identity = isByInstant ? 0 : references[version];
            final boolean isNamed = isByInstant || identity != Publisher.NO_REFERENCE;
            final Integer later = isNamed ? following.put(identity, version) : null;
            next[i - from] = later != null && isRevision(version, later, policy) ? later : -1;
        }
        return next;
    }

    /** A withdrawn point that was offered again unchanged is no revision. */
    private boolean isRevision(final int version, final int later, final DuplicatePolicy policy) {
        if (knownUntil[version] != knownAt[later]) {
            return false;
        }
        if (policy == DuplicatePolicy.SUM) {
            final long difference = values[later] - values[version];
            final boolean isOverflow = ((values[later] ^ values[version]) & (values[later] ^ difference)) < 0;
            return !isOverflow && difference != Decimals.UNKNOWN;
        }
        return values[version] != values[later] || references[version] != references[later];
    }
}
