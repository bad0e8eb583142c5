package io.tollgate.core.panel;

import io.tollgate.api.panel.Agreement;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.read.LevelCursor;
import java.util.Arrays;
import java.util.Objects;

/**
 * The levels of several sources together, stretch by stretch. Holds the first stretches, and the totals of all of them.
 * Used by one thread.
 */
final class JointLevels {
    private static final int MAX_STRETCHES = 1 << 20;
    private static final int NONE = -1;
    private static final Agreement[] AGREEMENTS = Agreement.values();

    private final int sourceCount;
    private final long[] from;
    private final long[] until;
    private final Agreement[] agreements;
    /** By stretch and source. */
    private final long[] values;

    /** The levels of the last stretch. */
    private final long[] last;

    private final long[] lengths = new long[AGREEMENTS.length];
    /** The time in ns during which two sources differ, by both sources. */
    private final long[] differing;

    private long count;
    private int mostKnown;
    private boolean isAllKnown;
    private long largest;
    private long largestAtNs;
    private int highest;
    private int lowest;

    /**
     * Creates an empty list.
     *
     * @throws IllegalArgumentException if the number of stretches is out of range.
     */
    JointLevels(final int sourceCount, final int maxStretches) {
        if (maxStretches < 1 || maxStretches > MAX_STRETCHES) {
            throw new IllegalArgumentException("maxStretches=" + maxStretches + ", expected 1 to " + MAX_STRETCHES);
        }
        this.sourceCount = sourceCount;
        from = new long[maxStretches];
        until = new long[maxStretches];
        agreements = new Agreement[maxStretches];
        values = new long[Math.multiplyExact(maxStretches, sourceCount)];
        last = new long[sourceCount];
        differing = new long[sourceCount * sourceCount];
        clear();
    }

    void clear() {
        count = 0;
        mostKnown = 0;
        isAllKnown = true;
        largest = 0;
        largestAtNs = Instants.NONE;
        highest = NONE;
        lowest = NONE;
        Arrays.fill(last, Decimals.UNKNOWN);
        Arrays.fill(lengths, 0);
        Arrays.fill(differing, 0);
    }

    /** Adds the current levels of the sources' cursors for a range of time. */
    void add(final LevelCursor[] cursors, final long fromNs, final long untilNs) {
        boolean isSame = count > 0;
        for (int i = 0; i < sourceCount; i++) {
            isSame &= last[i] == cursors[i].value();
            last[i] = cursors[i].value();
        }
        final Agreement agreement = standing(fromNs);
        lengths[agreement.ordinal()] += untilNs - fromNs;
        if (agreement == Agreement.DISAGREED) {
            addDiffering(untilNs - fromNs);
        }
        if (!isSame) {
            count++;
            hold(agreement, fromNs);
        }
        if (count <= until.length) {
            until[(int) count - 1] = untilNs;
        }
    }

    /** Returns the agreement of the sources, and records their difference if it is the largest so far. */
    private Agreement standing(final long fromNs) {
        int high = NONE;
        int low = NONE;
        int known = 0;
        for (int i = 0; i < sourceCount; i++) {
            if (last[i] != Decimals.UNKNOWN) {
                known++;
                high = high == NONE || last[i] > last[high] ? i : high;
                low = low == NONE || last[i] < last[low] ? i : low;
            }
        }
        mostKnown = Math.max(mostKnown, known);
        isAllKnown &= known == sourceCount;
        if (high == NONE || last[high] == last[low]) {
            return known == sourceCount ? Agreement.AGREED : Agreement.OPEN;
        }
        // Unsigned, because the difference of two longs may need 64 bits.
        final long difference = last[high] - last[low];
        if (Long.compareUnsigned(difference, largest) > 0) {
            largest = difference;
            largestAtNs = fromNs;
            highest = high;
            lowest = low;
        }
        return Agreement.DISAGREED;
    }

    private void addDiffering(final long lengthNs) {
        for (int i = 0; i < sourceCount; i++) {
            for (int j = 0; j < sourceCount; j++) {
                if (last[i] != last[j] && last[i] != Decimals.UNKNOWN && last[j] != Decimals.UNKNOWN) {
                    differing[i * sourceCount + j] += lengthNs;
                }
            }
        }
    }

    private void hold(final Agreement agreement, final long fromNs) {
        if (count <= from.length) {
            final int stretch = (int) count - 1;
            from[stretch] = fromNs;
            agreements[stretch] = agreement;
            System.arraycopy(last, 0, values, stretch * sourceCount, sourceCount);
        }
    }

    /** Returns the largest number of sources that were known at the same time. */
    int mostKnown() {
        return mostKnown;
    }

    /** Returns true if all sources were known at all times, and all stretches are held. */
    boolean isComplete() {
        return isAllKnown && count <= from.length;
    }

    long lengthNs(final Agreement agreement) {
        Objects.requireNonNull(agreement, "agreement=null, expected an agreement");
        return lengths[agreement.ordinal()];
    }

    long differingNs(final int source, final int other) {
        return differing[
                Objects.checkIndex(source, sourceCount) * sourceCount + Objects.checkIndex(other, sourceCount)];
    }

    /** Returns the largest difference, unsigned. */
    long largest() {
        return largest;
    }

    long largestAtNs() {
        return largestAtNs;
    }

    int highest() {
        return highest;
    }

    int lowest() {
        return lowest;
    }

    long count() {
        return count;
    }

    int heldCount() {
        return (int) Math.min(count, from.length);
    }

    long fromNs(final int stretch) {
        return from[held(stretch)];
    }

    long untilNs(final int stretch) {
        return until[held(stretch)];
    }

    Agreement agreement(final int stretch) {
        return agreements[held(stretch)];
    }

    long value(final int stretch, final int source) {
        return values[held(stretch) * sourceCount + Objects.checkIndex(source, sourceCount)];
    }

    /** Returns the level of a source after all stretches. */
    long lastValue(final int source) {
        return last[Objects.checkIndex(source, sourceCount)];
    }

    private int held(final int stretch) {
        return Objects.checkIndex(stretch, heldCount());
    }
}
