package io.tollgate.core.panel;

import io.tollgate.api.panel.Comparison;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/** Iterates over the levels of several sources together, from change to change. Used by one thread. */
final class ComparisonScan implements LevelReader.Attempt {
    private final LevelSet levels;
    private final int[] places;
    private final LevelCursor[] cursors;
    private final JointLevels joint;
    private long startNs;
    private long endNs;

    ComparisonScan(final Comparison comparison, final LevelSource source, final int maxStretches) {
        levels = source.newSet();
        places = comparison.sources().stream().mapToInt(levels::add).toArray();
        cursors =
                comparison.sources().stream().map(series -> source.newCursor()).toArray(LevelCursor[]::new);
        joint = new JointLevels(places.length, maxStretches);
    }

    LevelSet levels() {
        return levels;
    }

    JointLevels joint() {
        return joint;
    }

    /** Sets the range of the next read, which may be given in either order. */
    ComparisonScan over(final long fromNs, final long toNs) {
        startNs = Math.min(fromNs, toNs);
        endNs = toNs;
        return this;
    }

    @Override
    public boolean read() {
        joint.clear();
        for (int i = 0; i < cursors.length; i++) {
            if (!cursors[i].open(levels, places[i], startNs, endNs)) {
                return false;
            }
        }
        long fromNs = startNs;
        while (fromNs < endNs) {
            final long untilNs = nextChangeNs();
            // A stretch never has length 0, so the series is torn.
            if (untilNs <= fromNs) {
                return false;
            }
            joint.add(cursors, fromNs, untilNs);
            advanceTo(untilNs);
            fromNs = untilNs;
        }
        joint.add(cursors, endNs, endNs);
        return isIntact();
    }

    private long nextChangeNs() {
        long next = endNs;
        for (final LevelCursor cursor : cursors) {
            next = Math.min(next, cursor.untilNs());
        }
        return next;
    }

    private void advanceTo(final long instantNs) {
        for (final LevelCursor cursor : cursors) {
            if (cursor.untilNs() == instantNs) {
                cursor.advance();
            }
        }
    }

    private boolean isIntact() {
        boolean isIntact = true;
        for (final LevelCursor cursor : cursors) {
            isIntact &= cursor.isIntact();
        }
        return isIntact;
    }
}
