package io.tollgate.core.ingest;

import io.tollgate.core.operation.PointOperation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the points of a batch are kept, outside the heap, from its beginning to its end: by the producer while it is
 * open, by the engine once it is committed. The state says whose it is. One that was open for too long stays with the
 * producer, who may still be writing to it, and is never used again.
 */
public final class BatchSlot {
    /** Nobody's. */
    static final int FREE = 0;

    /** Being taken. */
    static final int TAKEN = 1;

    /** The producer's. */
    static final int OPEN = 2;

    /** The engine's. */
    static final int COMMITTED = 3;

    /** Was open for too long. */
    static final int ABANDONED = 4;

    /** Above these the state of an open slot counts its openings: one batch in it is not taken for another. */
    private static final int STATE_BITS = 3;

    private static final int STATE_MASK = (1 << STATE_BITS) - 1;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(BatchSlot.class, "state", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int index;
    private final UnsafeBuffer points;
    private final int maxPointCount;
    private int pointCount;
    private long lastTime;
    private long lastKnowledgeTime;
    private long number;
    private int claim;
    private long openedNs;
    private int openings;
    private volatile int state = TAKEN;

    BatchSlot(final int index, final int maxPointCount) {
        this.index = index;
        this.maxPointCount = maxPointCount;
        points = new UnsafeBuffer(ByteBuffer.allocateDirect(maxPointCount * PointOperation.LENGTH));
    }

    int index() {
        return index;
    }

    boolean tryTake() {
        return state == FREE && STATE.compareAndSet(this, FREE, TAKEN);
    }

    /** Opens a slot that was taken. */
    void open(final long nowNs) {
        pointCount = 0;
        lastTime = Long.MIN_VALUE;
        lastKnowledgeTime = Long.MIN_VALUE;
        openedNs = nowNs;
        openings++;
        state = openState();
    }

    boolean isOpen() {
        return isOpen(state);
    }

    private static boolean isOpen(final int someState) {
        return (someState & STATE_MASK) == OPEN;
    }

    /** Leaves it to its producer where the batch that it has was open for too long; any thread, false if it was not. */
    boolean abandon(final long lengthNs, final long nowNs) {
        final int found = state;
        return isOpen(found) && nowNs - openedNs > lengthNs && STATE.compareAndSet(this, found, ABANDONED);
    }

    /** Gives it to the engine, or to nobody; false if it was abandoned. */
    boolean close(final int newState) {
        final int found = state;
        return isOpen(found) && STATE.compareAndSet(this, found, newState);
    }

    /** Takes it back from the engine, which never got it. */
    void reopen() {
        state = openState();
    }

    private int openState() {
        return openings << STATE_BITS | OPEN;
    }

    void free() {
        state = FREE;
    }

    boolean isFull() {
        return pointCount == maxPointCount;
    }

    /** Keeps a point or a withdrawal. */
    int put(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        PointOperation.put(
                points, offset(pointCount), type, 0, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
        lastTime = Math.max(lastTime, validTimeNs);
        lastKnowledgeTime = Math.max(lastKnowledgeTime, knowledgeTimeNs);
        return ++pointCount;
    }

    /** Readies it for the engine: its commit was claimed there on the ring. */
    void handOver(final long batchNumber, final int ringIndex) {
        number = batchNumber;
        claim = ringIndex;
    }

    /** Whether it is the engine's, and its commit stands there on the ring. */
    boolean isCommittedAt(final int ringIndex) {
        return state == COMMITTED && claim == ringIndex;
    }

    /** {@return the points and withdrawals, one {@link PointOperation} behind the other} */
    public UnsafeBuffer points() {
        return points;
    }

    /** {@return how many points and withdrawals it has} */
    public int pointCount() {
        return pointCount;
    }

    /**
     * Where a point stands.
     *
     * @param position of the point, from 0.
     * @return its offset in {@link #points()}.
     */
    public static int offset(final int position) {
        return position * PointOperation.LENGTH;
    }

    /** {@return the largest valid time, {@code Long.MIN_VALUE} without a point} */
    public long lastTime() {
        return lastTime;
    }

    /** {@return the largest knowledge time that was given, {@code Long.MIN_VALUE} without one} */
    public long lastKnowledgeTime() {
        return lastKnowledgeTime;
    }

    /** {@return its number, unique in the data directory} */
    public long number() {
        return number;
    }
}
