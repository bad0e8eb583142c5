package io.tollgate.core.admit;

import io.tollgate.core.operation.PointOperation;
import java.util.Arrays;

/**
 * The series of a batch, each with its points in the journal in order, and its last knowledge time. It is a hash table
 * with linear probing, so that a point of a large batch is not compared with all others. Memory: 68 bytes for each
 * point of the largest batch. Engine thread only.
 */
final class BatchSeries implements StagedPoints {
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final long FREE = -1;

    private final int shift;
    private final int mask;
    private final long[] numbers;
    private final long[] lastKnowledgeTimes;
    private final int[] firsts;
    private final int[] lasts;

    /** The next point of the same series, by the position of a point in the batch. */
    private final int[] nexts;

    private final int[] used;
    private int usedCount;
    private int base;

    /**
     * Creates an empty table.
     *
     * @param maxPointCount the limit of points in a batch.
     */
    BatchSeries(final int maxPointCount) {
        final int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(maxPointCount);
        final int length = 1 << bits;
        shift = Long.SIZE - bits;
        mask = length - 1;
        numbers = new long[length];
        Arrays.fill(numbers, FREE);
        lastKnowledgeTimes = new long[length];
        firsts = new int[length];
        lasts = new int[length];
        nexts = new int[maxPointCount];
        used = new int[maxPointCount];
    }

    /** Begins a batch. Its points are contiguous from an offset in the journal. */
    void begin(final int firstOffset) {
        base = firstOffset;
        for (int i = 0; i < usedCount; i++) {
            numbers[used[i]] = FREE;
        }
        usedCount = 0;
    }

    /** Returns the number of series. */
    int count() {
        return usedCount;
    }

    /** Returns the number of the series at an index. */
    long number(final int index) {
        return numbers[used[index]];
    }

    /** Returns the first point of the series at an index. */
    int firstOf(final int index) {
        return firsts[used[index]];
    }

    /** Returns the last knowledge time of a series in the batch so far, otherwise the one before the batch. */
    long lastKnowledgeTime(final long seriesNumber, final long before) {
        final int slot = slotOf(seriesNumber);
        return numbers[slot] == FREE ? before : lastKnowledgeTimes[slot];
    }

    /** Adds a staged point. */
    void add(final long seriesNumber, final int offset, final long knowledgeTime) {
        final int slot = slotOf(seriesNumber);
        if (numbers[slot] == FREE) {
            numbers[slot] = seriesNumber;
            used[usedCount++] = slot;
            firsts[slot] = offset;
        } else {
            nexts[position(lasts[slot])] = offset;
        }
        lasts[slot] = offset;
        nexts[position(offset)] = NONE;
        lastKnowledgeTimes[slot] = knowledgeTime;
    }

    @Override
    public int first(final long seriesNumber) {
        final int slot = slotOf(seriesNumber);
        return numbers[slot] == FREE ? NONE : firsts[slot];
    }

    @Override
    public int next(final int offset) {
        return nexts[position(offset)];
    }

    private int position(final int offset) {
        return (offset - base) / PointOperation.LENGTH;
    }

    /** Returns the slot of a series, or the free slot for it. */
    private int slotOf(final long seriesNumber) {
        int slot = (int) (seriesNumber * SPREAD >>> shift);
        while (numbers[slot] != FREE && numbers[slot] != seriesNumber) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
