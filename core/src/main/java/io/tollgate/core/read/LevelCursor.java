package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HistoryHorizon;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.store.tree.SeriesLife;
import io.tollgate.core.window.LevelExpiry;
import io.tollgate.core.window.WindowBounds;

/**
 * Iterates over the level of a STEP from an instant on. Each stretch has one known value, or none. Points after the end
 * of the read have no effect, so the last level may expire by heartbeat or by the end of the series' life. Used by one
 * thread at a time. No result is valid until {@link LevelReader} has found the set unchanged.
 */
public final class LevelCursor {
    /** The end of a stretch that does not end; later than every instant. */
    public static final long NEVER = WindowBounds.NEVER;

    private final SeriesRecord record = new SeriesRecord();
    private final PointPath path;
    private final HistoryHorizon horizon;
    private final SeriesLife life;
    private long endNs;
    private long pointsLeft;
    private long value;
    private long sinceNs;
    private long untilNs;
    private long nextTime;
    private long pendingNs;
    private boolean isIntact;

    LevelCursor(final ReadableStore store) {
        path = new PointPath(store.blocks());
        horizon = new HistoryHorizon(store.blocks());
        life = new SeriesLife(store.blocks());
    }

    /**
     * Moves to the stretch at an instant.
     *
     * @param levels the set that is read.
     * @param place  the index of the series in the set.
     * @param fromNs the instant.
     * @param atNs   the end of the read, at or after {@code fromNs}; later points have no effect.
     * @return false if the series is torn.
     */
    public boolean open(final LevelSet levels, final int place, final long fromNs, final long atNs) {
        record.wrap(levels.address(place));
        final long knownAtNs = levels.knownAtNs();
        record.seeAsKnownAt(knownAtNs >= record.lastKnowledgeTime() ? SeriesRecord.ALL_KNOWN : knownAtNs);
        endNs = atNs;
        final long pointCount = record.maxPointCount();
        // One more than the points, because the cursor also moves past the last one.
        pointsLeft = pointCount + 1;
        isIntact = true;
        pendingNs = NEVER;
        sinceNs = Instants.MIN;
        if (record.isPast()) {
            record.endKnownAt(life.endKnownAt(record));
            if (horizon.hasForgotten(record, knownAtNs)) {
                levels.forgotten();
                nowhere();
                return true;
            }
        }
        if (pointCount == 0) {
            nowhere();
            return true;
        }
        if (!path.floor(record, fromNs)) {
            isIntact = false;
            nowhere();
            return false;
        }
        if (!path.isFound()) {
            value = Decimals.UNKNOWN;
            untilNs = findNext() ? nextTime : NEVER;
        } else {
            takePoint();
            if (untilNs <= fromNs) {
                sinceNs = untilNs;
                nowhere();
            }
        }
        return true;
    }

    /** Moves to the next stretch; {@link #untilNs()} must not be {@link #NEVER}. */
    public void advance() {
        if (untilNs == nextTime) {
            takePoint();
        } else {
            sinceNs = untilNs;
            nowhere();
        }
    }

    private void takePoint() {
        value = path.value();
        sinceNs = path.time();
        untilNs = findNext() ? nextTime : LevelExpiry.expiresAtNs(record, sinceNs);
    }

    /** Finds the next point up to the end. The number of steps is bounded, because a torn tree may contain a cycle. */
    private boolean findNext() {
        if (pointsLeft-- <= 0) {
            isIntact = false;
            nextTime = NEVER;
            return false;
        }
        pendingNs = path.advance() ? path.time() : NEVER;
        final boolean isFound = pendingNs <= endNs;
        nextTime = isFound ? pendingNs : NEVER;
        return isFound;
    }

    private void nowhere() {
        value = Decimals.UNKNOWN;
        untilNs = NEVER;
        nextTime = NEVER;
    }

    /** {@return the scaled value, UNKNOWN if there is none} */
    public long value() {
        return value;
    }

    /** {@return the first instant of the stretch, which may be before the start of the read} */
    public long sinceNs() {
        return sinceNs;
    }

    /** {@return the first instant after the stretch, {@link #NEVER} if the stretch lasts to the end of the read} */
    public long untilNs() {
        return untilNs;
    }

    /**
     * Returns the next instant at which the level changes if no further point becomes known. The cursor must have been
     * opened at the end of the read. The level changes with the first pending point, or earlier if it expires.
     *
     * @return the instant, {@link #NEVER} if there is none.
     */
    public long changesAtNs() {
        return Math.min(untilNs, pendingNs);
    }

    /** {@return false if a concurrent change tore the series, so that no value is valid} */
    public boolean isIntact() {
        return isIntact;
    }
}
