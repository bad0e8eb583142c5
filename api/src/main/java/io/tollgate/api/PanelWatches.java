package io.tollgate.api;

import java.util.List;

/**
 * Watches on what is asked of many series together: a group's weighted average, its frequency index or coverage ratio,
 * a node of a hierarchy, a stack, the correlation of a pair, a collected rate. Immutable. For any other number a
 * listener of a {@link Subscription} reads it with a reader of its own.
 *
 * <p><b>What their events are</b> stands at {@link Watch}: those of the course in valid time as it is known, each told
 * once, and retracted where the course turns out to be another one; with all series as they stood at one moment, so
 * that of a batch nothing is seen between. Each point is followed by itself, and each batch, however they lie in duty
 * cycles: the next one that is watched is applied when the one before is followed, and time that passes before it is.
 * Points of several shards have no order but that in which they are applied.
 *
 * <p><b>They stop nothing.</b> If the queue of a watch must not lose anything and is full, the watch holds the points
 * that change it for some duty cycles at most. Then, and on a full disk at once, it is left behind: all else goes on,
 * refusals, calls, and the close too, which waits only for listeners to make room. Once the watch can be followed it is
 * told of all that it missed, as where watches are made again; of what came and went meanwhile nothing.
 *
 * <p><b>Where the course is looked at.</b> Of groups, nodes and stacks wherever a level of one of the series begins or
 * ends, or a membership, a branch or a composition does; of a group over a window where one does so at either end of
 * the window, and a nanosecond behind its later one. Of ratios where an amount comes into its window or leaves it:
 * between these they stay as they are. Of pairs where a point of either series comes into the window or leaves it, with
 * the lag that its series has, and a nanosecond behind each point of a level and where it ceases to be known; by
 * buckets also where one of a calendar ends or leaves the window, and at the whole multiples of the length of others
 * since the epoch.
 *
 * <p><b>What is told.</b> An update names the point that is its cause as those of single series do; of a batch, or of
 * what is new when watches are made again, the cause is {@link UpdateCause#BATCH} (that of one series:
 * {@link UpdateCause#POINT}, without its times and reference, as nobody knows which point it was), of none {@link
 * UpdateCause#TIME}. Of a {@linkplain Engine#closeSeries closing} it is {@link UpdateCause#CLOSING} with the end of the
 * life as its valid time, and without a knowledge time. A closing waits for nobody: what another shard has applied just
 * then may be told together with it, as of a batch. {@link Update#sequence()} is that of the record in the log of the
 * first shard which says how the watch stands.
 *
 * <p><b>For how long.</b> A group is a value of the program's, and not logged. So watches are made again after each
 * opening of the engine, under the same name; what was told stands in the log. They go on from there, follow their
 * course once from their beginning (or from the last event that is final), and tell what has not been told. Where they
 * are made before further points are offered, that is at most what the last point before a kill has brought about: each
 * is followed before the next one that is watched is logged. Points that come earlier are followed together.
 *
 * @param name    by which the engine and its log know them: 1 to {@value Subscription#MAX_NAME_LENGTH} characters of
 *                printable ASCII without spaces.
 * @param watches each on a {@link WatchedPanel}; 1 to {@value Subscription#MAX_WATCHES}.
 */
public record PanelWatches(String name, List<Watch> watches) {
    /**
     * Checks the watches.
     *
     * @param name    by which the engine and its log know them.
     * @param watches each on a {@link WatchedPanel}.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public PanelWatches {
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
    public static PanelWatches of(final String name, final Watch... watches) {
        return new PanelWatches(name, List.of(watches));
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
