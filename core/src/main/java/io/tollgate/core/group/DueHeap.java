package io.tollgate.core.group;

import io.tollgate.core.read.LevelCursor;
import java.util.Arrays;

/**
 * When each of a number of things is due next, and which is first: a binary heap that knows where each stands, so that
 * to change one costs O(log n). Used by one thread.
 */
final class DueHeap {
    /** Instead of an instant: never. */
    static final long NEVER = LevelCursor.NEVER;

    private long[] dueNs;
    private int[] heap;
    private int[] places;
    private int size;

    /** A heap of so many things, none of which is ever due. */
    DueHeap(final int size) {
        dueNs = new long[size];
        heap = new int[size];
        places = new int[size];
        grow(0, size);
    }

    /** Takes in one more, which is never due; allocates now and then. */
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

    /** The first instant at which one is due, {@link #NEVER} if none is. */
    long firstNs() {
        return size == 0 ? NEVER : dueNs[heap[0]];
    }

    /** Which one is due first. */
    int first() {
        return heap[0];
    }

    /** Says when one is due. */
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
