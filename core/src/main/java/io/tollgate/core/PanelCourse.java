package io.tollgate.core;

import io.tollgate.api.Status;
import io.tollgate.core.watch.WatchedCourse;

/** The course of what is asked of many series, read with readers of the thread that follows it. */
final class PanelCourse implements WatchedCourse {
    private final PanelLook look;
    private boolean isRead;
    private long readAtNs;

    /**
     * A course.
     *
     * @param look at it.
     */
    PanelCourse(final PanelLook look) {
        this.look = look;
    }

    /** Says that a series has changed from an instant on, and returns from which on that has changed the course. */
    long changed(final long seriesNumber, final long fromNs) {
        return look.changed(seriesNumber, fromNs);
    }

    @Override
    public void begin() {
        isRead = false;
    }

    @Override
    public void read(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            look.read(atNs);
            isRead = true;
            readAtNs = atNs;
        }
    }

    @Override
    public Status status() {
        return look.status();
    }

    @Override
    public double value() {
        return look.value();
    }

    @Override
    public long firstNs(final long fromNs, final long nowNs) {
        // Something has changed there: to look where nothing has does no harm.
        return fromNs <= nowNs && look.isSteady() ? fromNs : nextNs(fromNs - 1);
    }

    @Override
    public long nextNs(final long atNs) {
        read(atNs);
        return look.nextNs(atNs);
    }
}
