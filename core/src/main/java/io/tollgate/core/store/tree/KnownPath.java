package io.tollgate.core.store.tree;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A way to one point, or version, of a tree as it was known at an instant: what was not known yet is passed over, and
 * so is a version that was known no more. Subtrees that hold nothing else are passed over whole. One thread at a time;
 * a reader must validate the version of the series before it trusts anything.
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

    /** Leads nowhere: there is no tree. */
    void clear() {
        tree = null;
        isFound = false;
        isIntact = true;
    }

    /**
     * Goes to the last one at or before an instant.
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
     * The most steps of a way back over a whole tree, and forward over all of it again. In one direction it goes over
     * to a node when it comes down to it, and when it comes up from each of its children: once for each node, and once
     * for each child. None is empty, so no level has more of them than there are points: the blocks of points are
     * children, and what stands on a level above them is a node and, but for the root, a child.
     */
    private static long mostSteps(final long pointCount, final int height) {
        return 2 * (1 + 2L * height) * pointCount;
    }

    /** Goes back to the one before; where there is none, {@link #isFound()} is false. */
    void retreat() {
        path.index(path.index() - 1);
        settleBack();
    }

    /** Goes on to the next one, the first if none was found; where there is none, {@link #isFound()} is false. */
    void advance() {
        if (isFound) {
            path.index(path.index() + 1);
            settle();
        } else if (tree != null && isIntact(path.floor(tree, Long.MIN_VALUE, Long.MIN_VALUE))) {
            path.index(0);
            settle();
        }
    }

    /** Goes on behind the subtree that begins here. */
    void advanceOver(final int level) {
        isFound = path.advanceBlock(level, this);
        if (isFound) {
            settle();
        }
    }

    /** Goes back before the subtree that ends here. */
    void retreatOver(final int level) {
        isFound = path.retreatBlock(level, this);
        if (isFound) {
            settleBack();
        }
    }

    /** From the place of the path on. */
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

    /** From the place of the path backwards. */
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

    /** Whether nothing that is known stands below a slot. */
    boolean passesOver(final NodeBlock parent, final int slot) {
        return parent.knownFrom(slot) > knownAtNs || isOfVersions && parent.changedAt(slot) <= knownAtNs;
    }

    /** Goes over to a node on the way; false, and not {@link #isIntact()}, if it is none or the way is too long. */
    boolean wrap(final NodeBlock next, final long block) {
        return isIntact(--stepsLeft >= 0 && next.wrap(block));
    }

    /**
     * How large a subtree begins here that stands as it was known, and ends before another path of the same tree.
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
     * How large a subtree ends here that stands as it was known.
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

    /** Whether this path goes through the slot that another one takes at a level; one that leads nowhere does. */
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

    /** The number of points in the subtree below the slot at a level. */
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

    /** Whether another path leads to the same one. */
    boolean isAt(final KnownPath other) {
        return path.isAt(other.path);
    }

    /** Says that the tree is torn unless something holds; from then on it is. */
    boolean isIntact(final boolean condition) {
        isIntact &= condition;
        return condition;
    }

    /** {@return false if the tree was found torn by a concurrent change: then nothing may be trusted} */
    boolean isIntact() {
        return isIntact;
    }

    /** {@return whether the path leads to one; else it stands before the first, or behind the last} */
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
