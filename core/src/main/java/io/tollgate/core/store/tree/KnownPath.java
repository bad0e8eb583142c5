package io.tollgate.core.store.tree;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A path to one point, or version, of a tree as it was known at an instant. It skips points that were not known yet,
 * versions that were no longer known, and whole subtrees of such entries. One thread at a time; a reader must validate
 * the version of the series before it trusts anything.
 */
final class KnownPath {
    private final NodeBlock node;
    private final TreePath path;
    private SeriesRecord tree;
    private long knownAtNs;
    private boolean isOfVersions;
    private boolean isFound;
    private boolean isIntact;
    private long stepsLeft;

    KnownPath(final ReadableBlocks blocks) {
        node = new NodeBlock(blocks);
        path = new TreePath(blocks);
    }

    /** Resets the path: there is no tree. */
    void clear() {
        tree = null;
        isFound = false;
        isIntact = true;
    }

    /**
     * Moves to the last entry at or before an instant.
     *
     * @param record  of a series, or of a history: then the path leads to versions.
     * @param knownAt the knowledge time.
     * @param timeNs  the instant.
     */
    void floor(final SeriesRecord record, final long knownAt, final long timeNs) {
        clear();
        if (record.pointCount() == 0) {
            return;
        }
        tree = record;
        knownAtNs = knownAt;
        isOfVersions = record.isHistory();
        if (isIntact(path.floor(record, timeNs, Long.MAX_VALUE))) {
            stepsLeft = mostSteps(record.pointCount(), path.height());
            settleBack();
        }
    }

    /**
     * Returns the maximum number of steps of a path that walks back over a whole tree, and then forward over it again.
     * In one direction the path wraps a node when it descends to it, and when it comes up from each of its children:
     * one step per node and one per child. No node is empty, so no level has more nodes than there are points. The
     * blocks of points are children; an entry on a higher level is a node and, except for the root, a child.
     */
    private static long mostSteps(final long pointCount, final int height) {
        return 2 * (1 + 2L * height) * pointCount;
    }

    /** Moves back to the previous entry; if there is none, {@link #isFound()} is false. */
    void retreat() {
        path.index(path.index() - 1);
        settleBack();
    }

    /** Moves to the next entry, or to the first if none was found; if there is none, {@link #isFound()} is false. */
    void advance() {
        if (isFound) {
            path.index(path.index() + 1);
            settle();
        } else if (tree != null && isIntact(path.floor(tree, Long.MIN_VALUE, Long.MIN_VALUE))) {
            path.index(0);
            settle();
        }
    }

    /** Moves forward past the subtree that begins here. */
    void advanceOver(final int level) {
        isFound = path.advanceBlock(level, this);
        if (isFound) {
            settle();
        }
    }

    /** Moves back before the subtree that ends here. */
    void retreatOver(final int level) {
        isFound = path.retreatBlock(level, this);
        if (isFound) {
            settleBack();
        }
    }

    /** Moves forward from the current place to the first known entry. */
    private void settle() {
        do {
            for (int i = path.index(); i < path.points().count(); i++) {
                if (isKnown(i)) {
                    path.index(i);
                    isFound = true;
                    return;
                }
            }
        } while (path.advanceBlock(1, this));
        isFound = false;
    }

    /** Moves backwards from the current place to the first known entry. */
    private void settleBack() {
        do {
            for (int i = path.index(); i >= 0; i--) {
                if (isKnown(i)) {
                    path.index(i);
                    isFound = true;
                    return;
                }
            }
        } while (path.retreatBlock(1, this));
        isFound = false;
    }

    private boolean isKnown(final int index) {
        final PointBlock points = path.points();
        return points.knowledgeTime(index) <= knownAtNs
                && (!isOfVersions || points.endKnowledgeTime(index) > knownAtNs);
    }

    /** Returns true if no known entry exists below a slot. */
    boolean passesOver(final NodeBlock parent, final int slot) {
        return parent.knownFrom(slot) > knownAtNs || isOfVersions && parent.changedAt(slot) <= knownAtNs;
    }

    /**
     * Wraps a node on the path; returns false, and clears {@link #isIntact()}, if it is no node or the path is too
     * long.
     */
    boolean wrap(final NodeBlock next, final long block) {
        return isIntact(--stepsLeft >= 0 && next.wrap(block));
    }

    /**
     * Finds the largest unchanged subtree that begins here and ends before another path of the same tree.
     *
     * @return level of the slot that leads to it, 0 if there is none.
     */
    int levelOfNext(final KnownPath end) {
        int level = 0;
        if (path.index() == 0) {
            while (level < path.height()
                    && (level == 0 || path.slot(level) == 0)
                    && isUnchanged(level + 1)
                    && !end.isBelow(this, level + 1)) {
                level++;
            }
        }
        return level;
    }

    /**
     * Finds the largest unchanged subtree that ends here.
     *
     * @return level of the slot that leads to it, 0 if there is none.
     */
    int levelOfPrevious() {
        int level = 0;
        if (path.index() == path.points().count() - 1) {
            while (level < path.height() && (level == 0 || isLastSlot(level)) && isUnchanged(level + 1)) {
                level++;
            }
        }
        return level;
    }

    private boolean isLastSlot(final int level) {
        return node.wrap(path.nodeBlock(level)) && path.slot(level) == node.count() - 1;
    }

    private boolean isUnchanged(final int level) {
        return node.wrap(path.nodeBlock(level)) && node.changedAt(path.slot(level)) <= knownAtNs;
    }

    /**
     * Returns true if this path goes through the slot that another path takes at a level; true also for an empty path.
     */
    private boolean isBelow(final KnownPath other, final int level) {
        return !isFound
                || path.nodeBlock(level) == other.path.nodeBlock(level) && path.slot(level) == other.path.slot(level);
    }

    /** Loads the summary of the subtree below the slot at a level. */
    void loadSummary(final int level, final RunSummary summary) {
        if (isIntact(node.wrap(path.nodeBlock(level)))) {
            node.loadSummary(path.slot(level), summary.timeWeighted(), summary.isExtended(), summary);
        }
    }

    /** Returns the number of points in the subtree below the slot at a level. */
    long pointCount(final int level) {
        return isIntact(node.wrap(path.nodeBlock(level))) ? node.summaryCount(path.slot(level)) : 0;
    }

    void copyFrom(final KnownPath other) {
        tree = other.tree;
        knownAtNs = other.knownAtNs;
        isOfVersions = other.isOfVersions;
        isFound = other.isFound;
        isIntact = other.isIntact;
        stepsLeft = other.stepsLeft;
        if (isFound) {
            path.copyFrom(other.path);
        }
    }

    /** Returns true if another path leads to the same entry. */
    boolean isAt(final KnownPath other) {
        return path.isAt(other.path);
    }

    /** Marks the tree as torn if the condition is false, until the next search. */
    boolean isIntact(final boolean condition) {
        isIntact &= condition;
        return condition;
    }

    /** {@return false if the tree was found torn by a concurrent change: all results are then undefined} */
    boolean isIntact() {
        return isIntact;
    }

    /** {@return true if the path leads to an entry; else it is before the first, or after the last} */
    boolean isFound() {
        return isFound;
    }

    long time() {
        return path.time();
    }

    long value() {
        return path.value();
    }

    long knowledgeTime() {
        return path.points().knowledgeTime(path.index());
    }

    long reference() {
        return path.points().reference(path.index());
    }
}
