package io.tollgate.core.admit;

import io.tollgate.core.operation.PointOperation;
import java.util.Arrays;

/**
 * The series of a batch, each with its points in the journal, in their order, and its last knowledge time: a hash table
 * with linear probing, so that no point of a large batch has to look at all others. Memory: 68 bytes a point that a
 * batch may have. Engine thread only.
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

    /** By the position of a point in the batch. */
    private final int[] nexts;

    private final int[] used;
    private int usedCount;
    private int base;

    /**
     * No series.
     *
     * @param maxPointCount most points of a batch.
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

    /** Begins a batch whose points follow from an offset in the journal on, without anything between them. */
    void begin(final int firstOffset) {
        base = firstOffset;
        for (int i = 0; i < usedCount; i++) {
            numbers[used[i]] = FREE;
        }
        usedCount = 0;
    }

    /** How many series there are. */
    int count() {
        return usedCount;
    }

    /** The number of a series, by its position among those of the batch. */
    long number(final int index) {
        return numbers[used[index]];
    }

    /** The first point of a series, by its position among those of the batch. */
    int firstOf(final int index) {
        return firsts[used[index]];
    }

    /** The last knowledge time of a series in the batch so far, or before it. */
    long lastKnowledgeTime(final long seriesNumber, final long before) {
        final int slot = slotOf(seriesNumber);
        return numbers[slot] == FREE ? before : lastKnowledgeTimes[slot];
    }

    /** Adds a point that was put into the journal. */
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

    /** Where a series stands, or would. */
    private int slotOf(final long seriesNumber) {
        int slot = (int) (seriesNumber * SPREAD >>> shift);
        while (numbers[slot] != FREE && numbers[slot] != seriesNumber) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
