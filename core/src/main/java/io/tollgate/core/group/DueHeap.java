package io.tollgate.core.group;

import io.tollgate.core.read.LevelCursor;
import java.util.Arrays;

/**
 * A binary heap of deadlines, one for each number. It knows the position of each number, so that a change costs O(log
 * n). Used by one thread.
 */
final class DueHeap {
    /** The deadline of a number that is never due. */
    static final long NEVER = LevelCursor.NEVER;

    private long[] dueNs;
    private int[] heap;
    private int[] places;
    private int size;

    /** Creates a heap of a number of deadlines, none of which is ever due. */
    DueHeap(final int size) {
        dueNs = new long[size];
        heap = new int[size];
        places = new int[size];
        grow(0, size);
    }

    /** Adds a number that is never due, and returns it. Allocates occasionally. */
    int add() {
        if (size == dueNs.length) {
            final int length = Math.max(8, 2 * size);
            dueNs = Arrays.copyOf(dueNs, length);
            heap = Arrays.copyOf(heap, length);
            places = Arrays.copyOf(places, length);
        }
        grow(size, size + 1);
        return size - 1;
    }

    private void grow(final int from, final int until) {
        for (int i = from; i < until; i++) {
            dueNs[i] = NEVER;
            heap[i] = i;
            places[i] = i;
        }
        size = until;
    }

    /** Returns the first deadline, {@link #NEVER} if there is none. */
    long firstNs() {
        return size == 0 ? NEVER : dueNs[heap[0]];
    }

    /** Returns the number that is due first. */
    int first() {
        return heap[0];
    }

    /** Sets the deadline of a number. */
    void set(final int index, final long instantNs) {
        final long before = dueNs[index];
        dueNs[index] = instantNs;
        if (instantNs < before) {
            up(places[index]);
        } else if (instantNs > before) {
            down(places[index]);
        }
    }

    private void up(final int from) {
        int place = from;
        while (place > 0 && dueNs[heap[place]] < dueNs[heap[(place - 1) >> 1]]) {
            swap(place, (place - 1) >> 1);
            place = (place - 1) >> 1;
        }
    }

    private void down(final int from) {
        int place = from;
        while (true) {
            int least = place;
            for (int child = 2 * place + 1; child < size && child <= 2 * place + 2; child++) {
                least = dueNs[heap[child]] < dueNs[heap[least]] ? child : least;
            }
            if (least == place) {
                return;
            }
            swap(place, least);
            place = least;
        }
    }

    private void swap(final int place, final int other) {
        final int index = heap[place];
        heap[place] = heap[other];
        heap[other] = index;
        places[heap[place]] = place;
        places[heap[other]] = other;
    }
}
