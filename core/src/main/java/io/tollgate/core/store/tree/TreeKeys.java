package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * Maintains the keys in the nodes of a tree: the time and reference of the first point below each slot. Writer only.
 */
final class TreeKeys {
    private final NodeBlock node;

    TreeKeys(final ReadableBlocks blocks) {
        node = new NodeBlock(blocks);
    }

    /**
     * Updates the keys on a path after the first point below it has changed: from a level upwards, while that point is
     * also the first one of the node.
     */
    void renew(final TreePath path, final int fromLevel, final long time, final long reference) {
        for (int level = fromLevel; level <= path.height(); level++) {
            node.wrap(path.nodeBlock(level));
            node.key(path.slot(level), time, reference);
            if (path.slot(level) > 0) {
                return;
            }
        }
    }
}
