package io.tollgate.core.watch;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Series;
import io.tollgate.api.watch.WatchSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The watches on panels of one name: the state of each, the changes that have touched it, and a draft of the next state
 * of one watch until it is logged. An encoded state is the number of the last update (8 bytes), followed by {@link
 * WatchState#write}. Used by one thread.
 */
final class PanelWatchSet {
    private static final long NEVER = WatchTimeline.NEVER;

    /** Stands for more than one series that has touched a watch. */
    private static final long SEVERAL = -1;

    /** Gives access to the bytes without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        private Bytes() {
            super(PanelLedger.MAX_STATE_LENGTH);
        }

        private byte[] array() {
            return buf;
        }
    }

    private final WatchSet definition;
    private final List<WatchTimeline> timelines;
    private final List<WatchCondition> conditions;
    private final UpdateRings rings = new UpdateRings();
    private final WatchState[] states;
    private final WatchState draft;
    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final long[] touchedFromNs;
    private final long[] touchedBy;
    private long lastNumber;

    /** Restores the state of the watches from a ledger. Each follows its value again from its beginning. */
    PanelWatchSet(
            final WatchSet definition, final List<? extends WatchTimeline> timelines, final PanelLedger.Entry entry) {
        this.definition = definition;
        this.timelines = List.copyOf(timelines);
        conditions = definition.watches().stream().map(WatchCondition::new).toList();
        final int count = definition.watches().size();
        if (count != entry.watchCount()) {
            throw new DirectoryDamagedException(
                    "subscription=" + definition.name() + " watchCount=" + entry.watchCount() + ", expected " + count
                            + " as in its definition; restore the directory from a backup");
        }
        touchedFromNs = new long[count];
        touchedBy = new long[count];
        Arrays.fill(touchedFromNs, entry.startNs());
        Arrays.fill(touchedBy, Series.NO_NUMBER);
        draft = new WatchState(entry.startNs());
        states = new WatchState[count];
        for (int watch = 0; watch < count; watch++) {
            states[watch] = new WatchState(entry.startNs());
            if (entry.stateLength(watch) > 0) {
                read(watch, entry);
            }
        }
    }

    private void read(final int watch, final PanelLedger.Entry entry) {
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(entry.state(watch), 0, entry.stateLength(watch)))) {
            lastNumber = Math.max(lastNumber, in.readLong());
            states[watch].read(in);
            states[watch].beginAgain();
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "subscription=" + definition.name() + " has a truncated state; run recover", e);
        }
    }

    WatchSet definition() {
        return definition;
    }

    int size() {
        return touchedBy.length;
    }

    UpdateRings rings() {
        return rings;
    }

    WatchCondition condition(final int watch) {
        return conditions.get(watch);
    }

    WatchTimeline timeline(final int watch) {
        return timelines.get(watch);
    }

    long lastNumber() {
        return lastNumber;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    void touch(final int watch, final long seriesNumber, final long fromNs) {
        touchedFromNs[watch] = Math.min(touchedFromNs[watch], fromNs);
        touchedBy[watch] = !isTouched(watch) || touchedBy[watch] == seriesNumber ? seriesNumber : SEVERAL;
    }

    /** Returns true if a series has touched the watch since its last evaluation. */
    boolean isTouched(final int watch) {
        return touchedBy[watch] != Series.NO_NUMBER;
    }

    /** Returns the only series that has touched the watch, NO_NUMBER if there were several or none. */
    long touchedBy(final int watch) {
        return touchedBy[watch] == SEVERAL ? Series.NO_NUMBER : touchedBy[watch];
    }

    /** Returns the instant of the next evaluation, earlier than all instants if the watch was touched. */
    long nextNs(final int watch) {
        return touchedFromNs[watch] == NEVER ? states[watch].nextCheckNs() : Long.MIN_VALUE;
    }

    boolean isDue(final int watch, final long nowNs) {
        return nextNs(watch) <= nowNs;
    }

    /** Returns the instant from which the watch must be followed. */
    long fromNs(final int watch, final long nowNs) {
        return Math.min(Math.min(touchedFromNs[watch], states[watch].nextCheckNs()), nowNs + 1);
    }

    /** Returns the draft, as a copy of the current state. */
    WatchState draft(final int watch) {
        draft.set(states[watch]);
        return draft;
    }

    /** Counts the new events in the draft and encodes it. Returns the length. */
    int encodeDraft(final int eventCount) {
        for (int i = 0; i < eventCount; i++) {
            draft.nextRevision();
        }
        bytes.reset();
        try {
            out.writeLong(lastNumber + eventCount);
            draft.write(out);
        } catch (final IOException e) {
            throw new UncheckedIOException("a write of " + bytes.size() + " bytes to memory failed", e);
        }
        return bytes.size();
    }

    byte[] encoded() {
        return bytes.array();
    }

    /** Returns the total number of events that the draft has emitted. */
    long draftRevision() {
        return draft.revision();
    }

    /** Makes the draft the state of a watch. */
    void accept(final int watch) {
        states[watch].set(draft);
        touchedFromNs[watch] = NEVER;
        touchedBy[watch] = Series.NO_NUMBER;
    }
}
