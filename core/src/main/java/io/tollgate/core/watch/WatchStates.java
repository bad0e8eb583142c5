package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How watches on series stand: the last events that were told, in the order of their instants, firing and clearing in
 * turn; and what a watch that has not fired waits for. Some 600 bytes a watch and series, in arrays that grow when one
 * is added, and only then. Writer only.
 */
final class WatchStates {
    /** No instant. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MAX_EVENTS = Watch.MAX_EVENTS;

    private long[] starts = new long[0];
    private long[] ranTo = new long[0];
    private long[] beyondSince = new long[0];
    private long[] nextLooks = new long[0];
    private long[] revisions = new long[0];
    private long[] finalNs = new long[0];
    private boolean[] startsFired = new boolean[0];
    private int[] counts = new int[0];
    private long[] instants = new long[0];
    private double[] values = new double[0];
    private Status[] statuses = new Status[0];
    private int size;

    int size() {
        return size;
    }

    /** Adds a watch that begins at an instant. */
    int add(final long startNs) {
        grow(size + 1);
        final int state = size++;
        starts[state] = startNs;
        ranTo[state] = startNs - 1;
        beyondSince[state] = NONE;
        nextLooks[state] = startNs;
        revisions[state] = 0;
        finalNs[state] = NONE;
        startsFired[state] = false;
        counts[state] = 0;
        return state;
    }

    private void grow(final int count) {
        if (count > starts.length) {
            final int capacity = count + (count >> 1) + 16;
            starts = Arrays.copyOf(starts, capacity);
            ranTo = Arrays.copyOf(ranTo, capacity);
            beyondSince = Arrays.copyOf(beyondSince, capacity);
            nextLooks = Arrays.copyOf(nextLooks, capacity);
            revisions = Arrays.copyOf(revisions, capacity);
            finalNs = Arrays.copyOf(finalNs, capacity);
            startsFired = Arrays.copyOf(startsFired, capacity);
            counts = Arrays.copyOf(counts, capacity);
            instants = Arrays.copyOf(instants, capacity * MAX_EVENTS);
            values = Arrays.copyOf(values, capacity * MAX_EVENTS);
            statuses = Arrays.copyOf(statuses, capacity * MAX_EVENTS);
        }
    }

    /** Adds a watch as it stands elsewhere. */
    int addFrom(final WatchStates other, final int otherState) {
        final int state = add(other.starts[otherState]);
        set(state, other, otherState);
        return state;
    }

    /** Lets a watch stand as one does elsewhere. */
    void set(final int state, final WatchStates other, final int otherState) {
        starts[state] = other.starts[otherState];
        ranTo[state] = other.ranTo[otherState];
        beyondSince[state] = other.beyondSince[otherState];
        nextLooks[state] = other.nextLooks[otherState];
        revisions[state] = other.revisions[otherState];
        finalNs[state] = other.finalNs[otherState];
        startsFired[state] = other.startsFired[otherState];
        counts[state] = other.counts[otherState];
        System.arraycopy(other.instants, otherState * MAX_EVENTS, instants, state * MAX_EVENTS, MAX_EVENTS);
        System.arraycopy(other.values, otherState * MAX_EVENTS, values, state * MAX_EVENTS, MAX_EVENTS);
        System.arraycopy(other.statuses, otherState * MAX_EVENTS, statuses, state * MAX_EVENTS, MAX_EVENTS);
    }

    /** Lets a watch follow its course from its beginning once more: only its events are what they were. */
    void beginAgain(final int state) {
        ranTo[state] = starts[state] - 1;
        beyondSince[state] = NONE;
        nextLooks[state] = starts[state];
    }

    long startNs(final int state) {
        return starts[state];
    }

    /** {@return up to which instant the watch has looked} */
    long ranToNs(final int state) {
        return ranTo[state];
    }

    /** {@return since when the metric is beyond the threshold without the watch having fired, NONE if it is not} */
    long beyondSinceNs(final int state) {
        return beyondSince[state];
    }

    long nextLookNs(final int state) {
        return nextLooks[state];
    }

    void ran(final int state, final long toNs, final long beyondSinceNs, final long nextLookNs) {
        ranTo[state] = toNs;
        beyondSince[state] = beyondSinceNs;
        nextLooks[state] = nextLookNs;
    }

    /** {@return how often a watch has told something} */
    long revision(final int state) {
        return revisions[state];
    }

    long nextRevision(final int state) {
        return ++revisions[state];
    }

    /** {@return the instant of the last event that is final, NONE if there is none} */
    long finalNs(final int state) {
        return finalNs[state];
    }

    int count(final int state) {
        return counts[state];
    }

    /** Forgets all events but the first ones. */
    void truncate(final int state, final int count) {
        counts[state] = count;
    }

    /** Whether the watch had fired before an event, or after the last one if that is the count. */
    boolean isFiredBefore(final int state, final int event) {
        return startsFired[state] ^ (event & 1) != 0;
    }

    long instantNs(final int state, final int event) {
        return instants[state * MAX_EVENTS + event];
    }

    double value(final int state, final int event) {
        return values[state * MAX_EVENTS + event];
    }

    Status status(final int state, final int event) {
        return statuses[state * MAX_EVENTS + event];
    }

    /** Adds an event behind all others; the oldest becomes final where there is no room. */
    void append(final int state, final long instantNs, final Status status, final double value) {
        final int base = state * MAX_EVENTS;
        if (counts[state] == MAX_EVENTS) {
            finalNs[state] = instants[base];
            startsFired[state] = !startsFired[state];
            counts[state]--;
            System.arraycopy(instants, base + 1, instants, base, counts[state]);
            System.arraycopy(values, base + 1, values, base, counts[state]);
            System.arraycopy(statuses, base + 1, statuses, base, counts[state]);
        }
        final int event = base + counts[state]++;
        instants[event] = instantNs;
        statuses[event] = status;
        values[event] = value;
    }

    /** Writes a watch down: 8 bytes each but for {@code startsFired} and statuses of 1, and the count of 4. */
    void write(final DataOutput out, final int state) throws IOException {
        out.writeLong(starts[state]);
        out.writeLong(ranTo[state]);
        out.writeLong(beyondSince[state]);
        out.writeLong(nextLooks[state]);
        out.writeLong(revisions[state]);
        out.writeLong(finalNs[state]);
        out.writeBoolean(startsFired[state]);
        out.writeInt(counts[state]);
        for (int i = 0; i < counts[state]; i++) {
            out.writeLong(instantNs(state, i));
            out.writeByte(status(state, i).code());
            out.writeDouble(value(state, i));
        }
    }

    /** Reads a watch in the place of one that was added. */
    void read(final DataInput in, final int state) throws IOException {
        starts[state] = in.readLong();
        ranTo[state] = in.readLong();
        beyondSince[state] = in.readLong();
        nextLooks[state] = in.readLong();
        revisions[state] = in.readLong();
        finalNs[state] = in.readLong();
        startsFired[state] = in.readBoolean();
        final int count = in.readInt();
        FollowedSeries.require(count >= 0 && count <= MAX_EVENTS, "eventCount", count, MAX_EVENTS);
        counts[state] = 0;
        for (int i = 0; i < count; i++) {
            final long instantNs = in.readLong();
            append(state, instantNs, FollowedSeries.statusOf(in.readByte()), in.readDouble());
        }
    }
}
