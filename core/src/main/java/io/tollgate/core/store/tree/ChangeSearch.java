package io.tollgate.core.store.tree;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * Finds the last point whose value differs from the value of the point before it, in O(log n). It skips a child whose
 * summary shows no change. One thread at a time; a reader must validate the version of the series before it trusts the
 * result.
 */
public final class ChangeSearch {
    private final NodeBlock node;
    private final PointBlock points;
    private final PastPath past;
    private final RunSummary summary = new RunSummary();
    private boolean timeWeighted;
    private boolean isFound;
    private long time;
    private long value;

    /**
     * Creates a search in any series of a store.
     *
     * @param blocks of the store.
     */
    public ChangeSearch(final ReadableBlocks blocks) {
        node = new NodeBlock(blocks);
        points = new PointBlock(blocks);
        past = new PastPath(blocks);
    }

    /**
     * Searches backwards from a point, which may itself be the result.
     *
     * @param from         path to the point.
     * @param timeWeighted whether the series is of kind STEP.
     * @return false if the tree is torn by a concurrent change: the result is then undefined.
     */
    public boolean find(final PointPath from, final boolean timeWeighted) {
        this.timeWeighted = timeWeighted;
        isFound = false;
        time = from.time();
        value = from.value();
        return from.isPast() ? find(from.past()) : find(from.now());
    }

    private boolean find(final PastPath from) {
        past.copyFrom(from);
        while (past.isFound() && past.value() == value) {
            time = past.retreatOverConstant();
        }
        isFound = past.isFound();
        return past.isIntact();
    }

    private boolean find(final TreePath from) {
        scan(from.points(), from.index() - 1);
        for (int level = 1; !isFound && level <= from.height(); level++) {
            if (!node.wrap(from.nodeBlock(level)) || !search(level, from.slot(level) - 1)) {
                return false;
            }
        }
        return true;
    }

    /** {@return true if there is such a point} */
    public boolean isFound() {
        return isFound;
    }

    /** {@return the valid time of the point found} */
    public long time() {
        return time;
    }

    /** Searches the slots of the current node backwards from one, and descends into a child that has a change. */
    private boolean search(final int fromLevel, final int fromSlot) {
        int level = fromLevel;
        int slot = fromSlot;
        while (slot >= 0) {
            node.loadSummary(slot, timeWeighted, false, summary);
            if (summary.lastValue() != value) {
                isFound = true;
                return !summary.isEmpty();
            }
            if (summary.changes() == 0) {
                time = summary.firstTime();
                slot--;
            } else if (--level > 0) {
                if (!node.wrap(node.child(slot))) {
                    return false;
                }
                slot = node.count() - 1;
            } else {
                final boolean isIntact = points.wrap(node.child(slot));
                if (isIntact) {
                    scan(points, points.count() - 1);
                }
                return isIntact && isFound;
            }
        }
        return true;
    }

    private void scan(final PointBlock block, final int fromIndex) {
        for (int i = fromIndex; i >= 0; i--) {
            if (block.value(i) != value) {
                isFound = true;
                return;
            }
            time = block.time(i);
        }
    }
}
