package io.tollgate.core.group;

import java.util.Arrays;

/**
 * The union of intervals of time, as disjoint intervals in time order. The intervals of many members usually overlap,
 * so the union has few; the arrays grow if it has more than ever before. Used by one thread.
 */
public final class CoveredTime {
    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private int size;

    public void clear() {
        size = 0;
    }

    /** Adds an interval, which must not be empty. */
    void add(final long startNs, final long endNs) {
        int first = 0;
        while (first < size && ends[first] < startNs) {
            first++;
        }
        int behind = first;
        long mergedStart = startNs;
        long mergedEnd = endNs;
        while (behind < size && starts[behind] <= endNs) {
            mergedStart = Math.min(mergedStart, starts[behind]);
            mergedEnd = Math.max(mergedEnd, ends[behind]);
            behind++;
        }
        replace(first, behind);
        starts[first] = mergedStart;
        ends[first] = mergedEnd;
    }

    /** Replaces the intervals from {@code first}, up to {@code behind} exclusive, by one. */
    private void replace(final int first, final int behind) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        System.arraycopy(starts, behind, starts, first + 1, size - behind);
        System.arraycopy(ends, behind, ends, first + 1, size - behind);
        size += first + 1 - behind;
    }

    /** {@return the time covered in ns, unsigned} */
    public long lengthNs() {
        long lengthNs = 0;
        for (int i = 0; i < size; i++) {
            lengthNs += ends[i] - starts[i];
        }
        return lengthNs;
    }
}
