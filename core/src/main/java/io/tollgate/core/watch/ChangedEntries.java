package io.tollgate.core.watch;

import java.util.Arrays;

/** The entries of the series that a batch has changed, each once, in the order of the first change. Writer only. */
final class ChangedEntries {
    private int[] entries = new int[0];
    private boolean[] isTouched = new boolean[0];
    private long[] earliest = new long[0];
    private int size;

    /** Makes room for entries numbered 0 to {@code count - 1}. */
    void ensureCapacity(final int count) {
        if (count > entries.length) {
            final int capacity = count + (count >> 1) + 16;
            entries = Arrays.copyOf(entries, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
            earliest = Arrays.copyOf(earliest, capacity);
        }
    }

    void add(final WatchTable table, final long seriesNumber, final long validTimeNs) {
        for (int entry = table.first(seriesNumber); entry != WatchTable.NONE; entry = table.next(entry)) {
            if (!isTouched[entry]) {
                isTouched[entry] = true;
                earliest[entry] = validTimeNs;
                entries[size++] = entry;
            }
            earliest[entry] = Math.min(earliest[entry], validTimeNs);
        }
    }

    int size() {
        return size;
    }

    int entry(final int index) {
        return entries[index];
    }

    /** {@return the earliest instant from which its series was changed} */
    long earliestNs(final int index) {
        return earliest[entries[index]];
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            isTouched[entries[i]] = false;
        }
        size = 0;
    }
}
