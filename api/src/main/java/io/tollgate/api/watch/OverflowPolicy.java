package io.tollgate.api.watch;

/** What becomes of an update for which a queue has no room, as its consumer is too slow. */
public enum OverflowPolicy {
    /**
     * The engine takes no more points until there is room, so that {@code offer} ends up BACK_PRESSURED. The consumer
     * must not wait for the engine. An engine that has failed (its disk has, say) does not wait, one that is stepped by
     * its caller or is being closed only for listeners: what finds no room then (of a batch, or of an instant at which
     * many pending points take effect, say; at a close of all that is left to apply) it keeps on the heap, in its order
     * behind what is in the queue, until it is polled, also behind the close. Each queue keeps 65,536 updates
     * where the limits ({@code maxUpdatesKept}) say nothing else, as far as the heap goes; only what is more is
     * lost, and told as a gap.
     *
     * <p>{@link WatchSet} hold up no point: they are evaluated once there is room, with all that has changed
     * meanwhile.
     */
    BLOCK,
    /** The oldest updates in the queue are lost, and told as a gap. */
    DROP_OLDEST
}
