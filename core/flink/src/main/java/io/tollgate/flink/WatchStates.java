package io.tollgate.flink;

import io.tollgate.api.series.Instants;
import io.tollgate.api.watch.Watch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states of the watches of a series that are not the initial one. One thread.
 *
 * <pre>
 *   one state in an entry of the partition:
 *   +-------------+------+----------------+-------------------------+
 *   | name length | name | fired: 1, or 0 | beyond since, or NONE   |   1 byte, ASCII, 1 + 8 bytes
 *   +-------------+------+----------------+-------------------------+
 * </pre>
 */
final class WatchStates {
    private Map<String, State> states = Map.of();

    /** The state of a watch: it has fired, or its metric is beyond the threshold since an instant. */
    private record State(boolean isFired, long beyondSinceNs) {
        private static final State INITIAL = new State(false, Instants.NONE);
    }

    /** Receives an event: fired or cleared. */
    @FunctionalInterface
    interface Handler {
        void onEvent(boolean isFired);
    }

    /** Compares a watch with a value. Returns true if its state changed. */
    boolean update(final String name, final Watch watch, final long atNs, final double value, final Handler handler) {
        final State before = states.getOrDefault(name, State.INITIAL);
        final State after = next(before, watch, atNs, value);
        if (after.equals(before)) {
            return false;
        }
        put(name, after);
        if (after.isFired() != before.isFired()) {
            handler.onEvent(after.isFired());
        }
        return true;
    }

    private static State next(final State before, final Watch watch, final long atNs, final double value) {
        if (Double.isNaN(value) || before.isFired() && !watch.isClearing(value)) {
            return before;
        }
        if (before.isFired() || !watch.isBeyond(value)) {
            return State.INITIAL;
        }
        final long sinceNs = before.beyondSinceNs() == Instants.NONE ? atNs : before.beyondSinceNs();
        return new State(atNs - sinceNs >= watch.forNs(), sinceNs);
    }

    private void put(final String name, final State state) {
        if (states.isEmpty()) {
            states = new TreeMap<>();
        }
        if (state.equals(State.INITIAL)) {
            states.remove(name);
        } else {
            states.put(name, state);
        }
    }

    boolean isInitial() {
        return states.isEmpty();
    }

    /** Returns the states as the content of an entry. */
    byte[] content() {
        final ByteBuffer content = ByteBuffer.allocate(states.keySet().stream()
                .mapToInt(name -> Byte.BYTES + name.length() + Byte.BYTES + Long.BYTES)
                .sum());
        states.forEach((name, state) -> content.put((byte) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put((byte) (state.isFired() ? 1 : 0))
                .putLong(state.beyondSinceNs()));
        return content.array();
    }

    /** Takes the states from the rest of an entry. A watch that the job does not have any more keeps its state. */
    void load(final ByteBuffer content) {
        states = Map.of();
        while (content.hasRemaining()) {
            final byte[] name = new byte[content.get()];
            content.get(name);
            put(new String(name, StandardCharsets.US_ASCII), new State(content.get() != 0, content.getLong()));
        }
    }
}
