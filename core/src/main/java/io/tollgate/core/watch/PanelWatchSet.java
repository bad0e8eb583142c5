package io.tollgate.core.watch;

import io.tollgate.api.PanelWatches;
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
 * that is logged: the number of the last update (8 bytes), and what {@link WatchStates} writes. Used by one thread.
 */
final class PanelWatchSet {
    /** The state of the draft. */
    static final int DRAFT = 0;

    private static final long NEVER = WatchedCourse.NEVER;

    /** Bytes that are taken over without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        private Bytes() {
            super(PanelLedger.MAX_STATE_LENGTH);
        }

        private byte[] array() {
            return buf;
        }
    }

    private final PanelWatches definition;
    private final List<WatchedCourse> courses;
    private final UpdateRings rings = new UpdateRings();
    private final WatchStates states = new WatchStates();
    private final WatchStates draft = new WatchStates();
    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final long[] touchedFromNs;
    private final long[] touchedBy;
    private final long[] touchedLifeNs;
    private final int[] touchedCounts;
    private final int[] deferrals;
    private final int[] failures;
    private final boolean[] isLeft;
    private long lastNumber;

    /** Goes on from where a ledger left the watches: each follows its course again from its beginning. */
    PanelWatchSet(final PanelWatches definition, final List<WatchedCourse> courses, final PanelLedger.Entry entry) {
        this.definition = definition;
        this.courses = List.copyOf(courses);
        final int count = definition.watches().size();
        if (count != entry.watchCount()) {
            throw new IllegalStateException("subscription=" + definition.name() + " watchCount=" + entry.watchCount()
                    + ", expected " + count + " as it is what was watched; restore the directory from a backup");
        }
        touchedFromNs = new long[count];
        touchedBy = new long[count];
        touchedLifeNs = new long[count];
        touchedCounts = new int[count];
        deferrals = new int[count];
        failures = new int[count];
        isLeft = new boolean[count];
        Arrays.fill(touchedFromNs, entry.startNs());
        draft.add(entry.startNs());
        for (int watch = 0; watch < count; watch++) {
            states.add(entry.startNs());
            if (entry.stateLength(watch) > 0) {
                read(watch, entry);
            }
        }
    }

    private void read(final int watch, final PanelLedger.Entry entry) {
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(entry.state(watch), 0, entry.stateLength(watch)))) {
            lastNumber = Math.max(lastNumber, in.readLong());
            states.read(in, watch);
            states.beginAgain(watch);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "subscription=" + definition.name() + " state=cut short, expected whole; run recover", e);
        }
    }

    PanelWatches definition() {
        return definition;
    }

    int size() {
        return touchedCounts.length;
    }

    UpdateRings rings() {
        return rings;
    }

    WatchedCourse course(final int watch) {
        return courses.get(watch);
    }

    long lastNumber() {
        return lastNumber;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    void touch(final int watch, final long seriesNumber, final long fromNs, final long lifeNs) {
        touchedFromNs[watch] = Math.min(touchedFromNs[watch], fromNs);
        if (touchedCounts[watch] == 0 || touchedBy[watch] != seriesNumber) {
            touchedCounts[watch]++;
        }
        touchedBy[watch] = seriesNumber;
        touchedLifeNs[watch] = lifeNs;
    }

    long touchedBy(final int watch) {
        return touchedBy[watch];
    }

    /** The end of a life that became known of the series that touched it last, NONE if none did. */
    long touchedLifeNs(final int watch) {
        return touchedLifeNs[watch];
    }

    /** How many series have touched it, more than once where they took turns. */
    int touchedCount(final int watch) {
        return touchedCounts[watch];
    }

    boolean isToBeFollowed(final int watch, final long nowNs) {
        return touchedFromNs[watch] != NEVER || states.nextLookNs(watch) <= nowNs;
    }

    /** Leaves a watch behind: all goes on without it, and it is followed later, with what it missed. */
    void leave(final int watch) {
        isLeft[watch] = true;
    }

    boolean isLeft(final int watch) {
        return isLeft[watch];
    }

    /** Counts that a watch could not be followed; returns how often that was so. */
    int fail(final int watch) {
        return ++failures[watch];
    }

    /** The next instant at which time acts on a watch. */
    long nextNs(final int watch) {
        return states.nextLookNs(watch);
    }

    /** From which instant on a watch is to be followed. */
    long fromNs(final int watch, final long nowNs) {
        return Math.min(Math.min(touchedFromNs[watch], states.nextLookNs(watch)), nowNs + 1);
    }

    /** The draft, which begins as a watch stands. */
    WatchStates draft(final int watch) {
        draft.set(DRAFT, states, watch);
        return draft;
    }

    /** Counts the events that the draft tells, and writes it down; returns the length. */
    int encodeDraft(final int eventCount) {
        for (int i = 0; i < eventCount; i++) {
            draft.nextRevision(DRAFT);
        }
        bytes.reset();
        try {
            out.writeLong(lastNumber + eventCount);
            draft.write(out, DRAFT);
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
        return draft.revision(DRAFT);
    }

    /** Puts a watch off to a later cycle; returns how often that was done. */
    int defer(final int watch) {
        return ++deferrals[watch];
    }

    /** Lets a watch stand as the draft does. */
    void accept(final int watch) {
        states.set(watch, draft, DRAFT);
        touchedFromNs[watch] = NEVER;
        touchedCounts[watch] = 0;
        deferrals[watch] = 0;
        failures[watch] = 0;
        isLeft[watch] = false;
    }
}
