package io.tollgate.core.timeline;

import io.tollgate.api.series.Status;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.watch.TimelineShape;
import io.tollgate.core.watch.WatchTimeline;

/** The value of a watched panel through time. It uses readers of the thread that follows it. */
public final class PanelTimeline implements WatchTimeline {
    private final PanelCursor cursor;
    private final long gridNs;
    private boolean isRead;
    private long readAtNs;

    /**
     * Creates a timeline.
     *
     * @param cursor reads the panel.
     * @param gridNs the grid at whose instants it is read too, 0 if there is none.
     */
    public PanelTimeline(final PanelCursor cursor, final long gridNs) {
        this.cursor = cursor;
        this.gridNs = gridNs;
    }

    /** Records a change of a series, and returns the start of the change of the value. */
    public long changed(final long seriesNumber, final long fromNs) {
        return cursor.changed(seriesNumber, fromNs);
    }

    @Override
    public void begin() {
        isRead = false;
    }

    @Override
    public void read(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            cursor.read(atNs);
            isRead = true;
            readAtNs = atNs;
        }
    }

    @Override
    public Status status() {
        return cursor.status();
    }

    @Override
    public double value() {
        return cursor.value();
    }

    @Override
    public int compare(final Threshold threshold) {
        return cursor.compare(threshold);
    }

    @Override
    public TimelineShape shape() {
        return cursor.shape();
    }

    @Override
    public long gridNs() {
        return gridNs;
    }

    @Override
    public boolean isSettledAtLast() {
        return cursor.isSettledAtLast();
    }

    @Override
    public long firstNs(final long fromNs, final long nowNs) {
        // The value may change there. If it does not, the extra read is harmless.
        return fromNs <= nowNs && cursor.isSteady() ? fromNs : nextNs(fromNs - 1);
    }

    @Override
    public long nextNs(final long atNs) {
        read(atNs);
        return cursor.nextNs(atNs);
    }
}
