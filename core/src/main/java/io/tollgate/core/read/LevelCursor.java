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
 * The level of a STEP from an instant on, stretch by stretch: a known value, or none. A point behind the end of what is
 * read has no effect, so the last one before it may run out, with its heartbeat or its series' life. One thread at a
 * time; nothing may be trusted before {@link LevelReader} has found the set unchanged.
 */
public final class LevelCursor {
    /** Behind every instant: a stretch that does not end. */
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
     * Goes to the stretch at an instant.
     *
     * @param levels set that is read.
     * @param place  of the series in it.
     * @param fromNs the instant.
     * @param atNs   the end of what is read, not before that: what lies after it has no effect.
     * @return false if the series is torn.
     */
    public boolean open(final LevelSet levels, final int place, final long fromNs, final long atNs) {
        record.wrap(levels.address(place));
        final long knownAtNs = levels.knownAtNs();
        record.seeAsKnownAt(knownAtNs >= record.lastKnowledgeTime() ? SeriesRecord.ALL_KNOWN : knownAtNs);
        endNs = atNs;
        final long pointCount = record.maxPointCount();
        // From before the first point to behind the last one.
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

    /** Goes on to the next stretch; {@link #untilNs()} must not be {@link #NEVER}. */
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

    /** Looks for the next point up to the end; a torn tree may lead in circles, so no more are followed than it has. */
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

    /** {@return the first instant of the stretch, also where that lies before what is read} */
    public long sinceNs() {
        return sinceNs;
    }

    /** {@return the first instant behind the stretch, {@link #NEVER} if it does not end before what is read does} */
    public long untilNs() {
        return untilNs;
    }

    /**
     * When the level changes next if it was opened at the end of what is read, and nothing else becomes known: with the
     * first point behind that, which is pending, or by running out before it.
     *
     * @return the instant, {@link #NEVER} if there is none.
     */
    public long changesAtNs() {
        return Math.min(untilNs, pendingNs);
    }

    /** {@return false if the series was found torn by a concurrent change: then nothing may be trusted} */
    public boolean isIntact() {
        return isIntact;
    }
}
