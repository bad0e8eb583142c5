package io.tollgate.core.window;

import io.tollgate.core.store.tree.PointChange;

/**
 * Tracks the position of a point when its block is split, or when another point before it is inserted or removed.
 * Writer only.
 */
final class PointMoves {
    private PointChange change;
    private long block;
    private int index;

    void begin(final PointChange change) {
        this.change = change;
    }

    /** {@return whether points of a block moved, or a point was inserted into it or removed from it} */
    boolean isNear(final long block) {
        return change.block() == block || change.splitBlock() == block;
    }

    /** Computes the new position of a point. */
    void follow(final long oldBlock, final int oldIndex) {
        block = oldBlock;
        index = oldIndex;
        if (change.isRemoval()) {
            if (block == change.block() && index > change.index()) {
                index--;
            }
            return;
        }
        if (block == change.splitBlock() && index >= change.splitIndex()) {
            block = change.splitRightBlock();
            index -= change.splitIndex();
        }
        if (block == change.block() && index >= change.index()) {
            index++;
        }
    }

    long block() {
        return block;
    }

    int index() {
        return index;
    }
}
