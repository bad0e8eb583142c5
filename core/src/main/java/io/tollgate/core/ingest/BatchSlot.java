package io.tollgate.core.ingest;

import io.tollgate.core.operation.PointOperation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds the points of a batch outside the heap, from its beginning to its end. The producer owns an open slot, the
 * engine a committed one; the state shows the owner. A batch that was open for too long leaves its slot to the
 * producer, who may still be writing to it; the slot is never reused.
 */
public final class BatchSlot {
    /** Free: without an owner. */
    static final int FREE = 0;

    /** Being claimed. */
    static final int TAKEN = 1;

    /** Owned by the producer. */
    static final int OPEN = 2;

    /** Owned by the engine. */
    static final int COMMITTED = 3;

    /** Abandoned: it was open for too long. */
    static final int ABANDONED = 4;

    /**
     * The upper bits of an open slot's state count its openings, so that one batch in it is not mistaken for another.
     */
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

    /** Opens a claimed slot. */
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

    /** Abandons the slot to its producer if its batch was open for too long; any thread, false if it was not. */
    boolean abandon(final long lengthNs, final long nowNs) {
        final int found = state;
        return isOpen(found) && nowNs - openedNs > lengthNs && STATE.compareAndSet(this, found, ABANDONED);
    }

    /** Passes the slot to the engine or frees it; returns false if it was abandoned. */
    boolean close(final int newState) {
        final int found = state;
        return isOpen(found) && STATE.compareAndSet(this, found, newState);
    }

    /** Takes the slot back from the engine, which never received it. */
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

    /** Adds a point or a withdrawal. */
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

    /** Prepares the slot for the engine: its commit record was claimed at this index of the ring. */
    void handOver(final long batchNumber, final int ringIndex) {
        number = batchNumber;
        claim = ringIndex;
    }

    /** Returns true if the engine owns the slot, and its commit record is at this index of the ring. */
    boolean isCommittedAt(final int ringIndex) {
        return state == COMMITTED && claim == ringIndex;
    }

    /** {@return the points and withdrawals, a sequence of {@link PointOperation}s} */
    public UnsafeBuffer points() {
        return points;
    }

    /** {@return the number of points and withdrawals} */
    public int pointCount() {
        return pointCount;
    }

    /**
     * Returns the offset of a point.
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
