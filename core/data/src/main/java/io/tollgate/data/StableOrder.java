package io.tollgate.data;

/** Sorts indexes by a merge sort without objects for each. Elements that are equal keep their order. */
final class StableOrder {
    private int[] indexes = new int[0];
    private int[] other = new int[0];

    /** The order of the elements. */
    interface Order {
        boolean isBefore(int a, int b);
    }

    /** Returns the indexes from 0 to a count in order; valid until the next call. */
    int[] sorted(final int count, final Order order) {
        if (indexes.length < count) {
            indexes = new int[count];
            other = new int[count];
        }
        boolean isSorted = true;
        for (int i = 0; i < count; i++) {
            indexes[i] = i;
            isSorted &= i == 0 || !order.isBefore(i, i - 1);
        }
        if (!isSorted) {
            for (int width = 1; width < count; width *= 2) {
                for (int from = 0; from < count; from += 2 * width) {
                    merge(from, Math.min(from + width, count), Math.min(from + 2 * width, count), order);
                }
                final int[] merged = other;
                other = indexes;
                indexes = merged;
            }
        }
        return indexes;
    }

    private void merge(final int from, final int middle, final int to, final Order order) {
        if (middle == to || !order.isBefore(indexes[middle], indexes[middle - 1])) {
            System.arraycopy(indexes, from, other, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            final boolean isRight = left == middle || right < to && order.isBefore(indexes[right], indexes[left]);
            other[i] = indexes[isRight ? right++ : left++];
        }
    }
}
