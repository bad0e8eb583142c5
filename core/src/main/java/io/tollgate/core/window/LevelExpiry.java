package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * The open end of a STEP: the last point at or before t has no newer one that bears it out, and its value is known for
 * the heartbeat only, where there is one, and not beyond the life of the series. A point that has a newer one is known
 * up to that, however long it took. One thread at a time; a reader must validate the version of the series before it
 * trusts anything.
 */
public final class LevelExpiry {
    private final PointPath path;

    /**
     * The open end of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    LevelExpiry(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
    }

    /** Says in the bounds of a window when the last value as seen from an instant runs out; false if it is torn. */
    boolean resolve(final SeriesRecord series, final long atNs, final WindowBounds bounds) {
        if (series.heartbeatNs() == 0 || series.maxPointCount() == 0) {
            bounds.expiresAtNs(series.lifeEnd());
            return true;
        }
        if (!series.isPast() && series.lastTime() <= atNs) {
            bounds.expiresAtNs(expiresAtNs(series, series.lastTime()));
            return true;
        }
        if (!path.floor(series, atNs)) {
            return false;
        }
        if (path.isFound()) {
            bounds.expiresAtNs(expiresAtNs(series, path.time()));
        }
        return true;
    }

    /**
     * From when on a value is unknown if no newer one comes.
     *
     * @param series  that it is a value of.
     * @param sinceNs the valid time of the value.
     * @return {@code sinceNs + heartbeatNs}, or the end of life where that comes first; {@link WindowBounds#NEVER}
     *     without either, and beyond all time.
     */
    public static long expiresAtNs(final SeriesRecord series, final long sinceNs) {
        return Math.min(series.lifeEnd(), expiresAtNs(sinceNs, series.heartbeatNs()));
    }

    /** When a heartbeat, 0 for none, of a value runs out; {@link WindowBounds#NEVER} without one, beyond all time. */
    static long expiresAtNs(final long sinceNs, final long heartbeatNs) {
        final long expiresAtNs = sinceNs + heartbeatNs;
        return heartbeatNs == 0 || expiresAtNs < sinceNs ? WindowBounds.NEVER : expiresAtNs;
    }
}
