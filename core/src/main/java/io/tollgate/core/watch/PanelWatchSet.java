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
 * Watches on panels of one name: how each stands, what has touched it, and the draft of how one of them will stand once
 * that is logged: the number of the last update (8 bytes), and what {@link WatchState} writes. Used by one thread.
 */
final class PanelWatchSet {
    private static final long NEVER = WatchTimeline.NEVER;

    /** Instead of a series: more than one has touched a watch. */
    private static final long SEVERAL = -1;

    /** Bytes that are taken over without a copy. */
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

    /** Goes on from where a ledger left the watches: each follows its course again from its beginning. */
    PanelWatchSet(
            final WatchSet definition, final List<? extends WatchTimeline> timelines, final PanelLedger.Entry entry) {
        this.definition = definition;
        this.timelines = List.copyOf(timelines);
        conditions = definition.watches().stream().map(WatchCondition::new).toList();
        final int count = definition.watches().size();
        if (count != entry.watchCount()) {
            throw new DirectoryDamagedException(
                    "subscription=" + definition.name() + " watchCount=" + entry.watchCount() + ", expected " + count
                            + " as it is what was watched; restore the directory from a backup");
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
                    "subscription=" + definition.name() + " state=cut short, expected whole; run recover", e);
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

    /** Whether a series has touched it since it was evaluated. */
    boolean isTouched(final int watch) {
        return touchedBy[watch] != Series.NO_NUMBER;
    }

    /** The one series that has touched it, NONE for several or none. */
    long touchedBy(final int watch) {
        return touchedBy[watch] == SEVERAL ? Series.NO_NUMBER : touchedBy[watch];
    }

    /** The next instant at which a watch is to be evaluated; all of the past if something has touched it. */
    long nextNs(final int watch) {
        return touchedFromNs[watch] == NEVER ? states[watch].nextCheckNs() : Long.MIN_VALUE;
    }

    boolean isDue(final int watch, final long nowNs) {
        return nextNs(watch) <= nowNs;
    }

    /** From which instant on a watch is to be followed. */
    long fromNs(final int watch, final long nowNs) {
        return Math.min(Math.min(touchedFromNs[watch], states[watch].nextCheckNs()), nowNs + 1);
    }

    /** The draft, which begins as a watch stands. */
    WatchState draft(final int watch) {
        draft.set(states[watch]);
        return draft;
    }

    /** Counts the events that the draft tells, and writes it down; returns the length. */
    int encodeDraft(final int eventCount) {
        for (int i = 0; i < eventCount; i++) {
            draft.nextRevision();
        }
        bytes.reset();
        try {
            out.writeLong(lastNumber + eventCount);
            draft.write(out);
        } catch (final IOException e) {
            throw new UncheckedIOException("memory=" + bytes.size() + ", expected to be writable", e);
        }
        return bytes.size();
    }

    byte[] encoded() {
        return bytes.array();
    }

    /** The number of what the draft has told in all. */
    long draftRevision() {
        return draft.revision();
    }

    /** Lets a watch stand as the draft does. */
    void accept(final int watch) {
        states[watch].set(draft);
        touchedFromNs[watch] = NEVER;
        touchedBy[watch] = Series.NO_NUMBER;
    }
}
