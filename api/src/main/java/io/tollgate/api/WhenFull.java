package io.tollgate.api;

/** What becomes of an update for which a queue has no room, as its consumer is too slow. */
public enum WhenFull {
    /**
     * The engine takes no more points until there is room, so that {@code offer} ends up BACK_PRESSURED. The consumer
     * must not wait for the engine. An engine that is stepped by its caller, is being closed, or has failed (its disk
     * has, say) does not wait where one operation (a batch, or an instant at which many pending points take effect) has
     * more updates than there is room for: then they are lost, and told as a gap.
     *
     * <p>{@link PanelWatches} hold the points that change them only for a while: then the engine goes on, and they are
     * told of what they missed as one cause once there is room for it.
     */
    BLOCK,
    /** The oldest updates in the queue are lost, and told as a gap. */
    DROP_OLDEST
}
