package io.tollgate.api.watch;

import io.tollgate.api.Engine;
import java.util.List;
import java.util.Objects;

/**
 * Watches on what is asked of many series together: a group's weighted average, its frequency index or coverage ratio,
 * a node of a hierarchy, a stack, the correlation of a pair, a collected rate. Immutable. For any other number a
 * listener of a {@link Subscription} reads it with a reader of its own.
 *
 * <p><b>Their events</b> are those of {@link Watch}: those of the course in valid time as it is known, each told
 * once, and retracted where the course turns out to be another one.
 *
 * <p><b>When they are told.</b> The engine evaluates them once a duty cycle, behind all that the cycle has applied; a
 * stepped engine at the end of each {@link Engine#step()}. A crossing that appears and vanishes within one cycle is not
 * told: a point that fires a watch, say, and its revision that takes that back. {@link Engine#awaitApplied} does not
 * wait for it. Watches of a {@link Subscription}, on single series, see every change.
 *
 * <p><b>They hold up nothing.</b> If the queue of a watch must not lose anything and is full, or the disk has no room
 * for the state of the watch, the watch is evaluated in a later cycle, with all that has changed meanwhile. Points,
 * refusals and calls go on. A close waits for listeners to make room, and for nobody else.
 *
 * <p><b>The instants of their events.</b> Groups, nodes, stacks and ratios stay as they are until a level of one of the
 * series begins or ends, a membership, a branch or a composition does, or an amount enters the window or leaves it. The
 * averages of a group over a window move between these instants; their crossings are found exactly, as those of
 * {@link Watch}. The metrics of a pair, and the concentration of a group over a window, are looked at where a point
 * enters the window or leaves it, where a bucket ends, and on the grid of {@link WatchedMetric#gridNs}.
 *
 * <p><b>Their updates.</b> The cause of an update is {@link UpdateCause#BATCH} if a series of the watch has changed
 * since it was evaluated last, else {@link UpdateCause#TIME}. {@link Update#sequence()} is that of the last operation
 * that the cycle has applied, whatever it was on. {@link Update#seriesNumber()} is the series that has changed, if it
 * was one alone. The update names no point: it has no valid time, no knowledge time and no reference.
 *
 * <p><b>For how long.</b> A group is a value of the program's, and not logged. So watches are made again after each
 * opening of the engine, under the same name; what was told stands in the log, which has it before a queue does. They
 * go on from there, follow their course once from their beginning (or from the last event that is final), and tell what
 * has not been told: that is what the last cycles before a kill have brought about, and points that come before the
 * watches are made again. So nothing is told twice, and nothing is left out that stands then.
 *
 * @param name    by which the engine and its log know them: 1 to {@value Subscription#MAX_NAME_LENGTH} characters of
 *                printable ASCII without spaces.
 * @param watches each on a {@link WatchedPanel}; 1 to {@value Subscription#MAX_WATCHES}.
 */
public record WatchSet(String name, List<Watch> watches) implements UpdateRequest {
    /**
     * Checks the watches.
     *
     * @param name    by which the engine and its log know them.
     * @param watches each on a {@link WatchedPanel}.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public WatchSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(watches, "watches");
        Subscription.requireName(name);
        watches = List.copyOf(watches);
        if (watches.isEmpty() || watches.size() > Subscription.MAX_WATCHES) {
            throw new IllegalArgumentException("subscription=" + name + " watches=" + watches.size()
                    + ", expected 1 to " + Subscription.MAX_WATCHES);
        }
        for (final Watch watch : watches) {
            if (!(watch.metric() instanceof WatchedPanel)) {
                throw new IllegalArgumentException("subscription=" + name + " metric=" + watch.metric()
                        + ", expected a WatchedPanel; subscribe to metrics of single series");
            }
        }
    }

    /**
     * Watches.
     *
     * @param name    by which the engine and its log know them.
     * @param watches each on a {@link WatchedPanel}.
     * @return the watches.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public static WatchSet of(final String name, final Watch... watches) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(watches, "watches");
        return new WatchSet(name, List.of(watches));
    }

    /**
     * What is followed by one of the watches.
     *
     * @param index of it, from 0.
     * @return what it is on.
     */
    public WatchedPanel panel(final int index) {
        return (WatchedPanel) watches.get(index).metric();
    }

    /**
     * The watches line by line, without their series: what must be the same when they are made again.
     *
     * @return text.
     */
    public String text() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < watches.size(); i++) {
            final Watch watch = watches.get(i);
            text.append(watch.side())
                    .append(' ')
                    .append(watch.fire())
                    .append(' ')
                    .append(watch.clear());
            text.append(' ')
                    .append(watch.forNs())
                    .append(' ')
                    .append(panel(i).text())
                    .append('\n');
        }
        return text.toString();
    }
}
