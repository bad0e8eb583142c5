package io.tollgate.core.timeline;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.panel.GroupAnswer;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.watch.TimelineShape;
import io.tollgate.core.watch.WatchTimeline;

/**
 * A group over a window. It is read at each change of the group at either end of the window. It is also read one
 * nanosecond after a change at the later end, because a level that begins or ends then starts to count as covered or
 * missing time.
 */
final class GroupWindowCursor implements PanelCursor {
    private final GroupMetric metric;
    private final GroupAnswer reading;
    /** The time by which each cursor is read earlier; each moves from change to change on its own. */
    private final long[] earlierNs;

    private final GroupCursor[] cursors;

    GroupWindowCursor(
            final Group group, final Window.Sliding window, final GroupMetric metric, final MemberReader reader) {
        this.metric = metric;
        reading = reader.group(group, window);
        earlierNs = new long[] {0, 1, window.lengthNs()};
        cursors = new GroupCursor[earlierNs.length];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new GroupCursor(group, metric, reader);
        }
    }

    @Override
    public void read(final long atNs) {
        reading.read(atNs);
    }

    @Override
    public Status status() {
        return reading.status(metric);
    }

    @Override
    public double value() {
        return reading.value(metric);
    }

    @Override
    public int compare(final Threshold threshold) {
        return reading.compare(metric, threshold);
    }

    @Override
    public TimelineShape shape() {
        return metric.isConcentration() ? TimelineShape.CONSTANT : TimelineShape.MONOTONE;
    }

    @Override
    public long nextNs(final long atNs) {
        long nextNs = WatchTimeline.NEVER;
        for (int i = 0; i < cursors.length; i++) {
            final long foundNs = cursors[i].nextNs(Math.max(atNs, Instants.MIN + earlierNs[i]) - earlierNs[i]);
            if (foundNs <= WatchTimeline.NEVER - earlierNs[i]) {
                nextNs = Math.min(nextNs, foundNs + earlierNs[i]);
            }
        }
        return nextNs;
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    @Override
    public long changed(final long seriesNumber, final long fromNs) {
        long changedFromNs = fromNs;
        for (final GroupCursor cursor : cursors) {
            changedFromNs = Math.min(changedFromNs, cursor.changed(seriesNumber, fromNs));
        }
        return changedFromNs;
    }
}
