package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * The stretches of a STEP: each bucket has the level in force at its last instant, or is unknown if that level is
 * unknown. With buckets of 1 ns this is the STEP itself as a function of time.
 */
final class LevelStretches extends Stretches {
    private final RunPoints points;
    private final LevelExpiry openEnd;
    private final WindowBounds range = new WindowBounds();

    LevelStretches(final ReadableBlocks blocks) {
        points = new RunPoints(blocks);
        openEnd = new LevelExpiry(blocks);
    }

    @Override
    boolean open(final SeriesRecord series, final BucketGrid buckets, final long earlier, final WindowBounds window) {
        layOut(buckets, earlier);
        // The range ends at the end of the window also for a series that is read earlier: a level is known as seen from
        // there.
        range.instants(rangeStartNs(), window.highestNs());
        if (!openEnd.resolve(series, window.endNs(), range)) {
            return false;
        }
        points.open(series, range);
        return true;
    }

    @Override
    boolean next() {
        if (!points.next()) {
            return false;
        }
        final long sinceNs = Math.max(points.time(), range.startNs());
        stretch(bucketOf(sinceNs), bucketOf(sinceNs + points.weight()));
        return from() != bucketCount();
    }

    @Override
    long value() {
        return points.value();
    }

    @Override
    boolean isOverflow() {
        return false;
    }

    @Override
    long missingNs() {
        return 0;
    }

    @Override
    boolean isIntact() {
        return points.isIntact();
    }
}
