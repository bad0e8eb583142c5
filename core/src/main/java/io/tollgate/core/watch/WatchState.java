package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The state of a watch on a series or a panel: the last events that were told, in the order of their instants, firing
 * and clearing in turn; and the instant since when a watch that has not fired waits. Some 600 bytes. Writer only.
 */
final class WatchState {
    /** No instant. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MAX_EVENTS = Watch.MAX_EVENTS;

    private final long[] instants = new long[MAX_EVENTS];
    private final double[] values = new double[MAX_EVENTS];
    private final Status[] statuses = new Status[MAX_EVENTS];
    private long startNs;
    private long ranToNs;
    private long beyondSinceNs;
    private long nextCheckNs;
    private long revision;
    private long finalNs = NONE;
    private boolean startsFired;
    private int count;

    /** A watch that begins at an instant. */
    WatchState(final long startNs) {
        this.startNs = startNs;
        beginAgain();
    }

    /** Lets a watch follow its course from its beginning once more: only its events are what they were. */
    void beginAgain() {
        ran(startNs - 1, NONE, startNs);
    }

    /** Takes over the state of another watch. */
    void set(final WatchState other) {
        startNs = other.startNs;
        ran(other.ranToNs, other.beyondSinceNs, other.nextCheckNs);
        revision = other.revision;
        finalNs = other.finalNs;
        startsFired = other.startsFired;
        count = other.count;
        System.arraycopy(other.instants, 0, instants, 0, count);
        System.arraycopy(other.values, 0, values, 0, count);
        System.arraycopy(other.statuses, 0, statuses, 0, count);
    }

    long startNs() {
        return startNs;
    }

    /** {@return up to which instant the watch has looked} */
    long ranToNs() {
        return ranToNs;
    }

    /** {@return since when the metric is beyond the threshold without the watch having fired, NONE if it is not} */
    long beyondSinceNs() {
        return beyondSinceNs;
    }

    long nextCheckNs() {
        return nextCheckNs;
    }

    void ran(final long toNs, final long beyondNs, final long nextNs) {
        ranToNs = toNs;
        beyondSinceNs = beyondNs;
        nextCheckNs = nextNs;
    }

    /** {@return how often the watch has told something} */
    long revision() {
        return revision;
    }

    long nextRevision() {
        return ++revision;
    }

    /** {@return the instant of the last event that is final, NONE if there is none} */
    long finalNs() {
        return finalNs;
    }

    int count() {
        return count;
    }

    /** Forgets all events but the first ones. */
    void truncate(final int eventCount) {
        count = eventCount;
    }

    /** Whether the watch had fired before an event, or after the last one if that is the count. */
    boolean isFiredBefore(final int event) {
        return startsFired ^ (event & 1) != 0;
    }

    long instantNs(final int event) {
        return instants[event];
    }

    double value(final int event) {
        return values[event];
    }

    Status status(final int event) {
        return statuses[event];
    }

    /** Adds an event after all others; the oldest becomes final if there is no room. */
    void append(final long instantNs, final Status status, final double value) {
        if (count == MAX_EVENTS) {
            finalNs = instants[0];
            startsFired = !startsFired;
            count--;
            System.arraycopy(instants, 1, instants, 0, count);
            System.arraycopy(values, 1, values, 0, count);
            System.arraycopy(statuses, 1, statuses, 0, count);
        }
        instants[count] = instantNs;
        statuses[count] = status;
        values[count++] = value;
    }

    /** Writes the watch down: 8 bytes each but for {@code startsFired} and statuses of 1, and the count of 4. */
    void write(final DataOutput out) throws IOException {
        out.writeLong(startNs);
        out.writeLong(ranToNs);
        out.writeLong(beyondSinceNs);
        out.writeLong(nextCheckNs);
        out.writeLong(revision);
        out.writeLong(finalNs);
        out.writeBoolean(startsFired);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(instants[i]);
            out.writeByte(statuses[i].code());
            out.writeDouble(values[i]);
        }
    }

    /** Reads what was written down. */
    void read(final DataInput in) throws IOException {
        startNs = in.readLong();
        ran(in.readLong(), in.readLong(), in.readLong());
        revision = in.readLong();
        finalNs = in.readLong();
        startsFired = in.readBoolean();
        final int eventCount = in.readInt();
        FollowedSeries.require(eventCount >= 0 && eventCount <= MAX_EVENTS, "eventCount", eventCount, MAX_EVENTS);
        count = 0;
        for (int i = 0; i < eventCount; i++) {
            append(in.readLong(), FollowedSeries.statusOf(in.readByte()), in.readDouble());
        }
    }
}
