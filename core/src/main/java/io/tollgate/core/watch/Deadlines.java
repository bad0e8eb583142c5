package io.tollgate.core.watch;

import java.util.Arrays;

/**
 * When which of a number of things is due: a binary heap by instant, and by number among those of one instant, so that
 * the order is the same however it came about. A thing has one instant at most. To set one is O(log n); the first is
 * known at once. Two {@code int} a thing and a {@code long}; writer only.
 */
final class Deadlines {
    /** The instant of what is not due at any time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int ABSENT = -1;

    private long[] instants = new long[0];
    private int[] places = new int[0];
    private int[] heap = new int[0];
    private int size;

    /** Makes room for things numbered 0 to {@code count - 1}; those that are new are not due. */
    void ensureCapacity(final int count) {
        final int before = instants.length;
        if (count > before) {
            final int capacity = Math.max(count, before + (before >> 1) + 16);
            instants = Arrays.copyOf(instants, capacity);
            places = Arrays.copyOf(places, capacity);
            heap = Arrays.copyOf(heap, capacity);
            Arrays.fill(instants, before, capacity, NEVER);
            Arrays.fill(places, before, capacity, ABSENT);
        }
    }

    /** Forgets all instants. */
    void clear() {
        Arrays.fill(instants, NEVER);
        Arrays.fill(places, ABSENT);
        size = 0;
    }

    /** {@return the first instant at which something is due, NEVER if nothing is} */
    long firstNs() {
        return size == 0 ? NEVER : instants[heap[0]];
    }

    /** {@return the number of what is due first; there must be something} */
    int first() {
        return heap[0];
    }

    /** Says when a thing is due, in the place of what was said before; NEVER for at no time. */
    void set(final int number, final long instantNs) {
        if (instants[number] == instantNs) {
            return;
        }
        instants[number] = instantNs;
        if (instantNs == NEVER) {
            remove(number);
            return;
        }
        if (places[number] == ABSENT) {
            place(number, size++);
        }
        settle(places[number]);
    }

    private void remove(final int number) {
        final int place = places[number];
        places[number] = ABSENT;
        final int last = heap[--size];
        if (last != number) {
            place(last, place);
            settle(place);
        }
    }

    private void settle(final int from) {
        final int number = heap[from];
        int place = from;
        while (place > 0 && isBefore(number, heap[(place - 1) >> 1])) {
            place(heap[(place - 1) >> 1], place);
            place = (place - 1) >> 1;
        }
        int child = firstChild(place);
        while (child < size && isBefore(heap[child], number)) {
            place(heap[child], place);
            place = child;
            child = firstChild(place);
        }
        place(number, place);
    }

    /** The place of the child that comes first, {@link #size} or more if there is none. */
    private int firstChild(final int place) {
        final int left = 2 * place + 1;
        return left + 1 < size && isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    }

    private void place(final int number, final int place) {
        heap[place] = number;
        places[number] = place;
    }

    private boolean isBefore(final int a, final int b) {
        return instants[a] < instants[b] || instants[a] == instants[b] && a < b;
    }
}
