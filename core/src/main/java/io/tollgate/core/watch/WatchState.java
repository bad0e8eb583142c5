package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The state of a watch on a series or a panel: the last emitted events, in the order of their instants, alternating
 * between firing and clearing. If the watch has not fired, also the instant since which it waits to fire. About 600
 * bytes. Writer only.
 */
final class WatchState {
    /** Stands for no instant. */
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

    /** Creates a watch that begins at an instant. */
    WatchState(final long startNs) {
        this.startNs = startNs;
        beginAgain();
    }

    /** Restarts the watch from its beginning, and keeps only its events. */
    void beginAgain() {
        ran(startNs - 1, NONE, startNs);
    }

    /** Copies the state of another watch. */
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

    /** {@return the instant up to which the watch has read its metric} */
    long ranToNs() {
        return ranToNs;
    }

    /**
     * {@return the instant since which the metric is beyond the threshold without the watch having fired, NONE if it is
     * not}
     */
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

    /** {@return the number of events and retractions that the watch has emitted} */
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

    /** Removes all events except the first ones. */
    void truncate(final int eventCount) {
        count = eventCount;
    }

    /** Returns true if the watch had fired before an event; {@link #count} stands for the end of all events. */
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

    /** Appends an event. If there is no room, the oldest event becomes final and is removed. */
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

    /** Writes the state: 8 bytes for each number, 1 for {@code startsFired} and each status, 4 for the count. */
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

    void read(final DataInput in) throws IOException {
        startNs = in.readLong();
        ran(in.readLong(), in.readLong(), in.readLong());
        revision = in.readLong();
        finalNs = in.readLong();
        startsFired = in.readBoolean();
        final int eventCount = in.readInt();
        FollowedSeries.require("eventCount", eventCount, 0, MAX_EVENTS);
        count = 0;
        for (int i = 0; i < eventCount; i++) {
            append(in.readLong(), FollowedSeries.statusOf(in.readByte()), in.readDouble());
        }
    }
}
