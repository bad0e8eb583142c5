package io.tollgate.core;

import io.tollgate.api.Status;
import io.tollgate.core.panel.ChangedSeries;
import io.tollgate.core.watch.WatchedCourse;

/** The course of what is asked of many series, read with readers of the thread that follows it. */
final class PanelCourse implements WatchedCourse {
    private final PanelLook look;
    private final long[] versions;
    private final ChangedSeries[] shards;
    private boolean isRead;
    private long readAtNs;
    private long nextNs;

    /**
     * A course.
     *
     * @param look   at it.
     * @param shards of which each tells what of it has changed.
     */
    PanelCourse(final PanelLook look, final ChangedSeries[] shards) {
        this.look = look;
        this.shards = shards;
        versions = new long[shards.length];
    }

    /** Says that a series has changed from an instant on, and returns from which on that has changed the course. */
    long changed(final long seriesNumber, final long fromNs) {
        return look.changed(seriesNumber, fromNs);
    }

    @Override
    public void begin() {
        isRead = false;
        for (int i = 0; i < shards.length; i++) {
            versions[i] = shards[i].version();
        }
    }

    @Override
    public boolean isStill() {
        boolean isStill = true;
        for (int i = 0; i < shards.length; i++) {
            isStill &= (versions[i] & 1) == 0 && shards[i].version() == versions[i];
        }
        return isStill;
    }

    @Override
    public boolean read(final long atNs) {
        if (!isRead || readAtNs != atNs) {
            isRead = look.read(atNs);
            readAtNs = atNs;
        }
        return isRead;
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
    public boolean findFirst(final long fromNs, final long nowNs) {
        if (fromNs <= nowNs && look.isSteady()) {
            // Something has changed there: to look where nothing has does no harm.
            nextNs = fromNs;
            return true;
        }
        return findNext(fromNs - 1);
    }

    @Override
    public boolean findNext(final long atNs) {
        if (!read(atNs) || !look.findNext(atNs)) {
            return false;
        }
        nextNs = look.nextNs();
        return true;
    }

    @Override
    public long nextNs() {
        return nextNs;
    }
}
