package io.tollgate.core.watch;

import java.util.Arrays;

/**
 * The deadlines of numbered entries, each with at most one: a binary heap, ordered by instant and then by number. The
 * order therefore does not depend on the order of the calls. Setting a deadline is O(log n), the first one is known at
 * once. Two {@code int} and a {@code long} an entry; writer only.
 */
final class Deadlines {
    /** The deadline of an entry that is never due. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int ABSENT = -1;

    private long[] instants = new long[0];
    private int[] places = new int[0];
    private int[] heap = new int[0];
    private int size;

    /** Makes room for entries 0 to {@code count - 1}. New entries are never due. */
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

    /** Removes all deadlines. */
    void clear() {
        Arrays.fill(instants, NEVER);
        Arrays.fill(places, ABSENT);
        size = 0;
    }

    /** {@return the first deadline, NEVER if there is none} */
    long firstNs() {
        return size == 0 ? NEVER : instants[heap[0]];
    }

    /** {@return the entry that is due first; there must be one} */
    int first() {
        return heap[0];
    }

    /** Sets or replaces the deadline of an entry; NEVER removes it. */
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

    /** Returns the position of the child that is due first, {@link #size} or more if there is none. */
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
