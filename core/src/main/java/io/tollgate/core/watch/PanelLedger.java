package io.tollgate.core.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agrona.BitUtil;

/**
 * The logged state of watches on panels: their definitions, their start, and the state of each at its last event.
 * Written after the subscriptions, in this layout:
 *
 * <pre>
 *   number of entries (4)
 *   of each: length of its name (4), the name in UTF-8, length of its text (4), the text in UTF-8, start (8),
 *            number of watches (4), of each the length of its state (4) and the state, see {@link PanelUpdates}
 * </pre>
 *
 * <p>Writer only.
 */
public final class PanelLedger {
    /** The highest limit that can be configured for the names of watches on panels, and for subscriptions. */
    public static final int MAX_NAMES = 1 << 10;

    /** The longest state of a watch, in bytes. */
    public static final int MAX_STATE_LENGTH = 1 << 10;

    private static final int MAX_TEXT_LENGTH = 1 << 14;
    private static final byte[] NO_STATE = {};
    private static final int MAX_WATCHES = 1 << 8;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** The watches of one name. */
    static final class Entry {
        private final String text;
        private final long startNs;
        private final byte[][] states;
        private final int[] lengths;

        private Entry(final String text, final long startNs, final int watchCount) {
            this.text = text;
            this.startNs = startNs;
            states = new byte[watchCount][];
            Arrays.fill(states, NO_STATE);
            lengths = new int[watchCount];
        }

        /** Allocates a state on its first use, so that starting watches is cheap. */
        private byte[] ofLength(final int watch, final int length) {
            if (states[watch].length < length) {
                // Doubles, so that a growing state is allocated only a few times.
                states[watch] = new byte[BitUtil.findNextPositivePowerOfTwo(length)];
            }
            lengths[watch] = length;
            return states[watch];
        }

        /** Returns the definition of the watches. */
        String text() {
            return text;
        }

        /** Returns the instant at which the watches began. */
        long startNs() {
            return startNs;
        }

        int watchCount() {
            return states.length;
        }

        /** Returns the state of a watch; it has length 0 until the watch has emitted an event. */
        byte[] state(final int watch) {
            return states[watch];
        }

        int stateLength(final int watch) {
            return lengths[watch];
        }

        private PanelState stateOf(final String name) {
            return new PanelState(
                    name,
                    text,
                    startNs,
                    IntStream.range(0, states.length)
                            .mapToObj(watch -> Arrays.copyOf(states[watch], lengths[watch]))
                            .toList());
        }
    }

    /** Creates an empty ledger. */
    public PanelLedger() {}

    /**
     * Adds watches.
     *
     * @param name       of the watches.
     * @param text       their definition.
     * @param startNs    the instant at which they begin.
     * @param watchCount their number.
     * @throws IllegalArgumentException if the name or the text is too long.
     */
    public void begin(final String name, final String text, final long startNs, final int watchCount) {
        requireLength("nameLength", name);
        requireLength("textLength", text);
        entries.put(name, new Entry(text, startNs, watchCount));
    }

    private static void requireLength(final String what, final String text) {
        final int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    what + "=" + length + " bytes of UTF-8, expected at most " + MAX_TEXT_LENGTH);
        }
    }

    /**
     * Sets the state of a watch that has emitted events.
     *
     * @param name   of the watches.
     * @param watch  its index.
     * @param state  its state.
     * @param length of the state, at most {@link #MAX_STATE_LENGTH}.
     * @return false if there is no such watch.
     */
    public boolean state(final String name, final int watch, final byte[] state, final int length) {
        final Entry entry = entries.get(name);
        if (entry == null || watch >= entry.states.length) {
            return false;
        }
        System.arraycopy(state, 0, entry.ofLength(watch, length), 0, length);
        return true;
    }

    /**
     * Removes watches.
     *
     * @param name of the watches.
     * @return false if there are none of that name.
     */
    public boolean end(final String name) {
        return entries.remove(name) != null;
    }

    /** {@return the number of names that have watches} */
    public int size() {
        return entries.size();
    }

    /** {@return true if there are no watches} */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Returns the definition of the watches of a name.
     *
     * @param name of the watches.
     * @return their text, empty if there are none.
     */
    public Optional<String> text(final String name) {
        return find(name).map(Entry::text);
    }

    /** Finds watches by name. */
    Optional<Entry> find(final String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** {@return the watches of each name, in the order of their beginning} */
    public List<PanelState> states() {
        return entries.entrySet().stream()
                .map(named -> named.getValue().stateOf(named.getKey()))
                .toList();
    }

    void write(final DataOutput out) throws IOException {
        out.writeInt(entries.size());
        for (final Map.Entry<String, Entry> named : entries.entrySet()) {
            final Entry entry = named.getValue();
            writeText(out, named.getKey());
            writeText(out, entry.text);
            out.writeLong(entry.startNs);
            out.writeInt(entry.states.length);
            for (int i = 0; i < entry.states.length; i++) {
                out.writeInt(entry.lengths[i]);
                out.write(entry.states[i], 0, entry.lengths[i]);
            }
        }
    }

    private static void writeText(final DataOutput out, final String text) throws IOException {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    void read(final DataInput in) throws IOException {
        final int count = in.readInt();
        FollowedSeries.require("panelCount", count, 0, MAX_NAMES);
        for (int i = 0; i < count; i++) {
            final String name = readText(in);
            final String text = readText(in);
            final long startNs = in.readLong();
            final int watchCount = in.readInt();
            FollowedSeries.require("watchCount", watchCount, 0, MAX_WATCHES);
            final Entry entry = new Entry(text, startNs, watchCount);
            for (int k = 0; k < watchCount; k++) {
                final int length = in.readInt();
                FollowedSeries.require("stateLength", length, 0, MAX_STATE_LENGTH);
                in.readFully(entry.ofLength(k, length), 0, length);
            }
            entries.put(name, entry);
        }
    }

    private static String readText(final DataInput in) throws IOException {
        final int length = in.readInt();
        FollowedSeries.require("textLength", length, 0, MAX_TEXT_LENGTH);
        final byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
