package io.tollgate.api.watch;

/** The action of a full {@link UpdateQueue} when an update arrives. */
public enum OverflowPolicy {
    /**
     * Applies back pressure: the engine applies no more points until the queue has room, so {@code offer} returns
     * BACK_PRESSURED. The consumer must never wait for the engine.
     *
     * <p>The engine does not wait in three cases: it has failed; or its caller steps it; or it is closing. (A stepped
     * or closing engine still waits for listeners.) An update without room then goes to an overflow list on the heap,
     * in order. It can be polled from there, even after the engine is closed. Each queue keeps up to
     * {@code maxUpdatesKept} such updates (a limit of the engine, 65,536 by default), if the heap has room for them.
     * Further updates are lost and reported as a gap.
     *
     * <p>A {@link WatchSet} never delays a point: its evaluation waits until the queue has room.
     */
    BLOCK,
    /** Drops the oldest updates in the queue, and reports them as a gap. */
    DROP_OLDEST
}
