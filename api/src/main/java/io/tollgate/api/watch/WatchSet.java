package io.tollgate.api.watch;

import io.tollgate.api.Engine;
import java.util.List;
import java.util.Objects;

/**
 * Watches on answers over several series: a metric of a group or of a node of a hierarchy, a stack, the correlation of
 * a pair, a collected rate. Immutable. To follow any other answer over several series, read it in a listener of a
 * {@link Subscription} with a reader of the listener's own.
 *
 * <pre>{@code
 * WatchSet alerts = WatchSet.of("alerts", Watch.above(WatchedPanel.of(group, GroupMetric.WEIGHTED), 25));
 * UpdateQueue events = engine.updates().subscribe(alerts, QueueOptions.DEFAULT);
 * }</pre>
 *
 * <p><b>Events</b> follow the rules of {@link Watch}: they are those of the answer in valid time as now known, each
 * reported once, and retracted if they no longer hold.
 *
 * <p><b>Evaluation.</b> The engine evaluates the watches once a duty cycle, after all operations of the cycle; a
 * stepped engine at the end of each {@link Engine#step()}. A crossing that appears and vanishes within one cycle is not
 * reported, for example a point that fires a watch and its revision that undoes it. {@link Engine#awaitApplied} does
 * not wait for the evaluation. Watches of a {@link Subscription}, on single series, see every change.
 *
 * <p><b>Back pressure.</b> If a BLOCK queue is full, or the disk has no room for the state of the watch, the evaluation
 * is postponed to a later cycle. Points, refusals and calls continue meanwhile. Closing waits only for listeners to
 * make room.
 *
 * <p><b>Instants of events.</b> Groups, nodes, stacks and ratios change when a level, a membership, a branch or a
 * composition begins or ends, or when an amount enters or leaves the window. The averages of a group over a window move
 * between these instants; their crossings are exact, as in {@link Watch}. The metrics of a pair, and the concentration
 * of a group over a window, are evaluated when a point enters or leaves the window, when a bucket ends, and on the grid
 * of {@link WatchedMetric#gridNs}.
 *
 * <p><b>Updates.</b> The cause is {@link UpdateCause#BATCH} if a series of the watch changed since the last evaluation,
 * else {@link UpdateCause#TIME}. {@link Update#sequence()} is the last operation that the cycle applied, on any series.
 * {@link Update#seriesNumber()} is the series that changed, if there was only one. Valid time, knowledge time and
 * reference are not set.
 *
 * <p><b>Restart.</b> Groups belong to the program and are not logged. So subscribe again after each opening of the
 * engine, under the same name. The log holds the reported events before a queue does. The watches re-evaluate their
 * history once, from their beginning or from the last final event, and report the events not reported before. These are
 * events of the last cycles before a crash, and of points applied before the watches were made again. So no event is
 * reported twice, and none that then holds is missing.
 *
 * @param name    the name in the engine and its log: 1 to {@value Subscription#MAX_NAME_LENGTH} printable ASCII
 *                characters without spaces.
 * @param watches watches on a {@link WatchedPanel} each, 1 to {@value Subscription#MAX_WATCHES}.
 */
public record WatchSet(String name, List<Watch> watches) implements UpdateRequest {
    /**
     * Checks the watches.
     *
     * @param name    the name in the engine and its log: 1 to {@value Subscription#MAX_NAME_LENGTH} printable ASCII
     *                characters without spaces.
     * @param watches watches on a {@link WatchedPanel} each, 1 to {@value Subscription#MAX_WATCHES}.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
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
                        + ", expected a WatchedPanel; use a Subscription for metrics of single series");
            }
        }
    }

    /**
     * Returns a set of watches.
     *
     * @param name    the name in the engine and its log.
     * @param watches watches on a {@link WatchedPanel} each.
     * @return the set.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
     */
    public static WatchSet of(final String name, final Watch... watches) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(watches, "watches");
        return new WatchSet(name, List.of(watches));
    }

    /**
     * Returns the panel of one of the watches.
     *
     * @param index the index of the watch, from 0.
     * @return the panel.
     */
    public WatchedPanel panel(final int index) {
        return (WatchedPanel) watches.get(index).metric();
    }

    /**
     * The watches as text, one a line, without their series. A set that is made again must have the same text.
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
