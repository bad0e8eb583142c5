package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.ReadableRunSummary.UNKNOWN;
import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The slow, obvious oracle of {@link RunSummary}. It keeps all points and computes each answer from all of them. */
final class NaiveRun {
    /** Offset of the first point of {@link #stored}. */
    static final int STORED_OFFSET = 8;

    record Point(long time, long value) {}

    final List<Point> points = new ArrayList<>();
    private final boolean timeWeighted;
    private boolean isExtended;

    NaiveRun(final boolean timeWeighted) {
        this.timeWeighted = timeWeighted;
    }

    /** Makes the summaries extended ones. */
    NaiveRun extended(final boolean isExtended) {
        this.isExtended = isExtended;
        return this;
    }

    Point get(final int index) {
        return points.get(index);
    }

    int size() {
        return points.size();
    }

    Point last() {
        return points.get(points.size() - 1);
    }

    /** Returns the summary of the points from {@code from} to {@code to}, excluding the last, appended one by one. */
    RunSummary summary(final int from, final int to) {
        final RunSummary summary = new RunSummary().clear(timeWeighted, isExtended);
        for (final Point point : points.subList(from, to)) {
            summary.append(point.time, point.value);
        }
        return summary;
    }

    /** Evicts the first points from a summary, as many as the given list has after its first. */
    static boolean evictFirst(final RunSummary summary, final List<Point> after) {
        return summary.evictFirst(stored(after), STORED_OFFSET, after.size());
    }

    /** Returns points as in a block, from {@link #STORED_OFFSET} on. */
    static NativeBuffer stored(final List<Point> points) {
        final NativeBuffer buffer = NativeMemory.of(STORED_OFFSET + points.size() * RunSummary.POINT_LENGTH);
        for (int i = 0; i < points.size(); i++) {
            final int at = STORED_OFFSET + i * RunSummary.POINT_LENGTH;
            buffer.putLong(at, points.get(i).time);
            buffer.putLong(at + Long.BYTES, points.get(i).value);
        }
        return buffer;
    }

    /**
     * Returns random points in time order: small times and values, any times and values, or any times and values of 32
     * bits.
     */
    static NaiveRun random(final AdversarialLongs longs, final boolean timeWeighted, final int size) {
        final NaiveRun run = new NaiveRun(timeWeighted);
        final boolean small = longs.oneIn(2);
        final boolean isNarrow = longs.oneIn(2);
        final long[] times = new Random(longs.any())
                .longs(size)
                .map(any -> small ? longs.below(6) : longs.time())
                .sorted()
                .toArray();
        final int unknownOneIn = longs.oneIn(2) ? Integer.MAX_VALUE : 1 + longs.below(4);
        for (final long time : times) {
            final boolean unknown = timeWeighted && longs.oneIn(unknownOneIn);
            final long value = small ? longs.below(4) - 1 : isNarrow ? (int) longs.value() : longs.value();
            run.points.add(new Point(time, unknown ? UNKNOWN : value));
        }
        return run;
    }

    /** Requires the moments, counts, ends and changes of the points. */
    void assertSums(final RunSummary actual, final String message) {
        if (points.isEmpty()) {
            assertSums(actual, UNKNOWN, UNKNOWN, message);
        } else {
            assertSums(actual, get(0).time, last().time, message);
        }
    }

    /**
     * Requires the same for a run whose first point begins at the given time and whose last value lasts to the given
     * time.
     */
    void assertSums(final RunSummary actual, final long start, final long end, final String message) {
        final String all = message + " points=" + points;
        BigInteger duration = ZERO;
        BigInteger first = ZERO;
        BigInteger second = ZERO;
        long changes = 0;
        for (int i = 0; i < points.size(); i++) {
            final BigInteger value = BigInteger.valueOf(get(i).value);
            changes += i > 0 && get(i).value != get(i - 1).value ? 1 : 0;
            if (get(i).value != UNKNOWN) {
                final BigInteger weight = timeWeighted ? weight(i, start, end) : ONE;
                duration = duration.add(timeWeighted ? weight : ZERO);
                first = first.add(value.multiply(weight));
                second = second.add(value.multiply(value).multiply(weight));
            }
        }
        assertEquals(timeWeighted, actual.timeWeighted(), all);
        assertEquals(points.size(), actual.count(), all);
        assertEquals(points.isEmpty(), actual.isEmpty(), all);
        assertEquals(start, actual.firstTime(), all);
        assertEquals(end, actual.lastTime(), all);
        assertEquals(points.isEmpty() ? UNKNOWN : get(0).value, actual.firstValue(), all);
        assertEquals(points.isEmpty() ? UNKNOWN : last().value, actual.lastValue(), all);
        assertEquals(duration, unsigned(actual.duration()), all);
        assertEquals(first, firstMoment(actual), all);
        assertEquals(second, secondMoment(actual), all);
        assertEquals(changes, actual.changes(), all);
        assertEquals(isExtended, actual.isExtended(), all);
        if (isExtended) {
            assertExtended(actual.moments.extended, start, end, all);
        }
    }

    private void assertExtended(final ExtendedMoments actual, final long start, final long end, final String message) {
        final BigInteger[] sums = {ZERO, ZERO, ZERO, ZERO, ZERO};
        for (int i = 0; i < points.size(); i++) {
            if (get(i).value != UNKNOWN) {
                final BigInteger value = BigInteger.valueOf(get(i).value);
                final BigInteger weight = timeWeighted ? weight(i, start, end) : ONE;
                final BigInteger from = BigInteger.valueOf(i == 0 ? start : get(i).time);
                final BigInteger to = from.add(weight);
                final BigInteger time = timeWeighted ? to.pow(2).subtract(from.pow(2)) : from;
                sums[0] = sums[0].add(value.pow(3).multiply(weight));
                sums[1] = sums[1].add(value.pow(4).multiply(weight));
                sums[2] = sums[2].add(time);
                sums[3] = sums[3].add(timeWeighted ? to.pow(3).subtract(from.pow(3)) : from.pow(2));
                sums[4] = sums[4].add(time.multiply(value));
            }
        }
        assertEquals(sums[0], sum(actual.third), message);
        assertEquals(sums[1], sum(actual.fourth), message);
        assertEquals(sums[2], sum(actual.time), message);
        assertEquals(sums[3], sum(actual.timeSquare), message);
        assertEquals(sums[4], sum(actual.timeValue), message);
    }

    private BigInteger weight(final int index, final long start, final long end) {
        final long from = index == 0 ? start : get(index).time;
        final long to = index == points.size() - 1 ? end : get(index + 1).time;
        return BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
    }

    /** Requires the extremes of the points. */
    void assertExtremes(final RunSummary actual, final String message) {
        final String all = message + " points=" + points;
        final long[] known = points.stream()
                .mapToLong(Point::value)
                .filter(value -> value != UNKNOWN)
                .toArray();
        long min = known.length == 0 ? UNKNOWN : known[0];
        long max = min;
        for (final long value : known) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        assertEquals(known.length > 0, actual.hasKnown(), all);
        assertEquals(min, actual.min(), all);
        assertEquals(max, actual.max(), all);
        assertEquals(known.length == 0 ? UNKNOWN : known[0], actual.firstKnown(), all);
        assertEquals(known.length == 0 ? UNKNOWN : known[known.length - 1], actual.lastKnown(), all);
    }

    static BigInteger firstMoment(final ReadableRunSummary summary) {
        return signed(summary.firstMomentLow(), summary.firstMomentHigh());
    }

    static BigInteger signed(final long low, final long high) {
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    static BigInteger secondMoment(final ReadableRunSummary summary) {
        return BigInteger.valueOf(summary.secondMomentHigh())
                .shiftLeft(128)
                .add(unsigned(summary.secondMomentMiddle()).shiftLeft(64))
                .add(unsigned(summary.secondMomentLow()));
    }

    static BigInteger sum(final Int320 sum) {
        BigInteger value = BigInteger.valueOf(sum.word(Int320.WORDS - 1));
        for (int i = Int320.WORDS - 2; i >= 0; i--) {
            value = value.shiftLeft(64).add(unsigned(sum.word(i)));
        }
        return value;
    }
}
