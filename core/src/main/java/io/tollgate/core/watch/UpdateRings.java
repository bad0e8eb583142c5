package io.tollgate.core.watch;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The queues of one subscription. Writer only. */
final class UpdateRings {
    private static final UpdateRing[] NONE = {};

    private UpdateRing[] rings = NONE;

    void add(final UpdateRing ring) {
        rings = Arrays.stream(rings).filter(other -> !other.isClosed()).toArray(UpdateRing[]::new);
        rings = Arrays.copyOf(rings, rings.length + 1);
        rings[rings.length - 1] = ring;
    }

    void remove(final UpdateRing ring) {
        rings = Arrays.stream(rings).filter(other -> other != ring).toArray(UpdateRing[]::new);
    }

    /** Returns the number of open queues. */
    int openCount() {
        int count = 0;
        for (final UpdateRing ring : rings) {
            count += ring.isClosed() ? 0 : 1;
        }
        return count;
    }

    /** Returns the smallest free space of the BLOCK queues, or only of those that have a listener. */
    int room(final boolean isListened) {
        int room = Integer.MAX_VALUE;
        for (final UpdateRing ring : rings) {
            if (ring.isBlocking() && (ring.isListened() || !isListened)) {
                room = Math.min(room, ring.room());
            }
        }
        return room;
    }

    /**
     * Returns true if the same queues can take a number of updates without a wait. A number above the capacity of a
     * queue counts as its capacity.
     */
    boolean hasSpace(final int count, final boolean isListened) {
        boolean hasSpace = true;
        for (final UpdateRing ring : rings) {
            if (ring.isBlocking() && (ring.isListened() || !isListened)) {
                hasSpace &= ring.room() >= Math.min(count, ring.capacity());
            }
        }
        return hasSpace;
    }

    void offer(final DirectBuffer update) {
        for (final UpdateRing ring : rings) {
            ring.awaitSpace();
            ring.offer(update);
        }
    }
}
