package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * Finds the expiry of the last level of a STEP. The last point at or before t has no confirming successor. Its value is
 * known only for the heartbeat, if one is set, and only within the life of the series. A point with a successor is
 * known up to that successor, however long it takes. One thread at a time; a reader must validate the version of the
 * series before it trusts anything.
 */
public final class LevelExpiry {
    private final PointPath path;

    /**
     * Creates an expiry lookup for any series of a store.
     *
     * @param blocks where the blocks are.
     */
    LevelExpiry(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
    }

    /** Stores in the bounds of a window when the last value as seen from an instant expires; returns false if torn. */
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
     * Returns the instant from which a value is unknown if no later value arrives.
     *
     * @param series  of the value.
     * @param sinceNs the valid time of the value.
     * @return {@code sinceNs + heartbeatNs}, or the end of life if it is earlier; {@link WindowBounds#NEVER} without
     *     either, or if the instant is out of range.
     */
    public static long expiresAtNs(final SeriesRecord series, final long sinceNs) {
        return Math.min(series.lifeEnd(), expiresAtNs(sinceNs, series.heartbeatNs()));
    }

    /**
     * Returns when a value with a heartbeat (0 for none) expires; {@link WindowBounds#NEVER} without one or out of
     * range.
     */
    static long expiresAtNs(final long sinceNs, final long heartbeatNs) {
        final long expiresAtNs = sinceNs + heartbeatNs;
        return heartbeatNs == 0 || expiresAtNs < sinceNs ? WindowBounds.NEVER : expiresAtNs;
    }
}
