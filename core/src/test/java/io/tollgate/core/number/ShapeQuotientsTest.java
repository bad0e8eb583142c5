package io.tollgate.core.number;

import static io.tollgate.core.number.NearestDouble.assertNearest;
import static io.tollgate.core.number.NearestDouble.assertRoot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.memory.NativeBuffer;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeQuotientsTest {
    private static final int CASES = TestEffort.times(50_000);
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Quotients quotients = new Quotients();
    private final ShapeQuotients shapes = new ShapeQuotients();
    private final RunSummary flow = new RunSummary().clear(false, true);
    private final RunSummary step = new RunSummary().clear(true, true);

    @Test
    void shouldAnswerSkewAndKurtosisOfASampleAsPandas() {
        final long[] values = {1, 2, 3, 4, 10};
        for (int i = 0; i < values.length; i++) {
            flow.append(i, values[i]);
        }
        assertEquals(1.6970562748477143, shapes.skew(flow), Math.ulp(1.6970562748477143));
        assertEquals(3.152, shapes.kurtosis(flow));
    }

    @Test
    void shouldAnswerSkewAndKurtosisOfTimeInForce() {
        /* Values 1 for 3 ns and 5 for 1 ns: mean 2, m2 = 3, m3 = 6, m4 = 21. */
        step.append(0, 1);
        step.append(3, 5);
        step.extendEnd(4);
        assertEquals(2 / Math.sqrt(3), shapes.skew(step), Math.ulp(2 / Math.sqrt(3)));
        assertEquals(21.0 / 9 - 3, shapes.kurtosis(step), 1e-15);
    }

    @Test
    void shouldAnswerTheLineThroughEvents() {
        /*
         * Values 1.5, 2.5 and 4 at noon of three days: the slope is (4 - 1.5) / 2, the mean is that of the second day.
         */
        flow.append(DAY_NS / 2, 15);
        flow.append(DAY_NS * 3 / 2, 25);
        flow.append(DAY_NS * 5 / 2, 40);
        assertEquals(1.25, shapes.slopePerDay(flow, 1));
        assertEquals(80.0 / 30, shapes.intercept(flow, DAY_NS + DAY_NS / 2, 1));
    }

    @Test
    void shouldAnswerTheLineThroughALevel() {
        /* Values 0 for a day, then 1 for a day: integral (t - 1)(v - 1/2) dt = 1/2 over integral (t - 1)^2 dt = 2/3. */
        step.append(-DAY_NS, 0);
        step.append(0, 1);
        step.extendEnd(DAY_NS);
        assertEquals(0.75, shapes.slopePerDay(step, 0));
        assertEquals(0.5, shapes.intercept(step, 0, 0));
        assertEquals(1.25, shapes.intercept(step, DAY_NS, 0));
        assertEquals(-0.25, shapes.intercept(step, -DAY_NS, 0));
    }

    @Test
    void shouldFitALevelThatStaysWithASlopeOfZero() {
        step.append(5, 7);
        step.extendEnd(6);
        assertEquals(0.0, shapes.slopePerDay(step, 0));
        assertEquals(7.0, shapes.intercept(step, 1_000_000, 0));
        assertFalse(shapes.isInstant(step));
    }

    @Test
    void shouldSayNaNIfThereIsNoShapeAndNoLine() {
        assertNoShape(flow);
        assertNoShape(step);
        step.append(3, 4);
        assertNoShape(step);
        assertTrue(shapes.isInstant(step));
        step.extendEnd(9);
        assertNoShape(step);
        assertTrue(quotients.isConstant(step, step.duration()));
        flow.append(3, 4);
        flow.append(3, 9);
        assertNoShape(flow);
        assertEquals(Double.NaN, shapes.slopePerDay(flow, 0));
        assertEquals(Double.NaN, shapes.intercept(flow, 3, 0));
        assertTrue(shapes.isInstant(flow));
        flow.append(3, 9);
        assertFalse(Double.isNaN(shapes.skew(flow)));
        assertEquals(Double.NaN, shapes.kurtosis(flow), "3 events are too few");
        flow.append(3, 9);
        assertFalse(Double.isNaN(shapes.kurtosis(flow)));
        flow.append(4, 9);
        assertFalse(Double.isNaN(shapes.slopePerDay(flow, 0)));
        final RunSummary hot = new RunSummary();
        hot.append(flow);
        assertNoShape(hot);
        assertEquals(Double.NaN, shapes.slopePerDay(hot, 0));
        assertEquals(Double.NaN, shapes.intercept(hot, 3, 0));
    }

    private void assertNoShape(final RunSummary summary) {
        assertEquals(Double.NaN, shapes.skew(summary));
        assertEquals(Double.NaN, shapes.kurtosis(summary));
    }

    @Test
    void shouldThrowNothingForWordsThatBelongToNoPoints() {
        final AdversarialLongs longs = new AdversarialLongs(71);
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        int numbers = 0;
        for (int i = 0; i < CASES; i++) {
            for (int offset = 0; offset < RunSummaryDescriptor.LENGTH; offset += 8) {
                buffer.putLong(offset, longs.any());
            }
            flow.loadExtended(buffer, 0, longs.oneIn(2));
            final long at = longs.any();
            final double sum = shapes.skew(flow)
                    + shapes.kurtosis(flow)
                    + shapes.slopePerDay(flow, 9)
                    + shapes.intercept(flow, at, 9);
            numbers += Double.isNaN(sum) ? 0 : 1;
        }
        assertTrue(numbers > CASES / 200 && numbers < CASES, longs.at(0) + " numbers=" + numbers);
    }

    @Test
    void shouldHaveSpaceForTheWidestWordsThereAre() {
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        for (int signs = 0; signs < 64; signs++) {
            buffer.setMemory(0, RunSummaryDescriptor.LENGTH, (byte) -1);
            buffer.putLong(RunSummaryDescriptor.COUNT_OFFSET, Long.MAX_VALUE);
            final int[] ends = {80, 104, 160, 200, 216, 240};
            for (int i = 0; i < ends.length; i++) {
                buffer.putLong(ends[i] - 8, (signs >> i & 1) == 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
            }
            for (int kind = 0; kind < 2; kind++) {
                flow.loadExtended(buffer, 0, kind == 0);
                assertFalse(Double.isInfinite(shapes.skew(flow)), "signs=" + signs);
                assertFalse(Double.isInfinite(shapes.kurtosis(flow)), "signs=" + signs);
                assertFalse(Double.isInfinite(shapes.intercept(flow, Long.MIN_VALUE, -1, 0)), "signs=" + signs);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 72", "true, 73"})
    void shouldRoundTheShapeAndTheLineOfRandomRuns(final boolean timeWeighted, final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        for (int i = 0; i < CASES; i++) {
            final NaiveRun run =
                    NaiveRun.random(longs, timeWeighted, 1 + longs.below(7)).extended(true);
            final RunSummary summary = run.summary(0, run.size());
            final NaiveShape shape = new NaiveShape(run, timeWeighted);
            assertShape(shape, summary, longs.at(i) + " points=" + run.points);
            assertLine(shape, summary, longs.any(), longs.below(10), longs.at(i) + " points=" + run.points);
        }
    }

    private void assertShape(final NaiveShape shape, final RunSummary summary, final String message) {
        final long weight = summary.timeWeighted() ? summary.duration() : summary.count();
        final BigInteger second = shape.deviation(2);
        assertEquals(second.signum() == 0, quotients.isConstant(summary, weight), message);
        final BigInteger n = shape.weight;
        final boolean isSample = !summary.timeWeighted();
        if (second.signum() == 0 || isSample && summary.count() < 3) {
            assertEquals(Double.NaN, shapes.skew(summary), message);
        } else {
            final BigInteger third = shape.deviation(3);
            final BigInteger factor = isSample ? n.pow(2).multiply(n.subtract(number(1))) : n;
            final BigInteger divisor = isSample ? n.subtract(number(2)).pow(2) : number(1);
            final double actual = shapes.skew(summary);
            assertEquals(third.signum(), (int) Math.signum(actual), message);
            final BigInteger denominator = second.pow(3).multiply(divisor);
            assertRoot(third.pow(2).multiply(factor), denominator, Math.abs(actual), message);
        }
        if (second.signum() == 0 || isSample && summary.count() < 4) {
            assertEquals(Double.NaN, shapes.kurtosis(summary), message);
            return;
        }
        final BigInteger square = second.pow(2);
        BigInteger numerator = n.multiply(shape.deviation(4)).subtract(square.multiply(number(3)));
        BigInteger denominator = square;
        if (isSample) {
            final BigInteger less = n.subtract(number(1));
            numerator = n.multiply(n.add(number(1))).multiply(less).multiply(shape.deviation(4));
            numerator = numerator.subtract(less.pow(2).multiply(square).multiply(number(3)));
            denominator = square.multiply(n.subtract(number(2))).multiply(n.subtract(number(3)));
        }
        assertNearest(numerator, denominator, shapes.kurtosis(summary), message);
    }

    private void assertLine(
            final NaiveShape shape, final RunSummary summary, final long at, final int scale, final String message) {
        final BigInteger time = shape.timeDeviation();
        assertEquals(time.signum() == 0, shapes.isInstant(summary), message);
        final double slope = shapes.slopePerDay(summary, scale);
        final double intercept = shapes.intercept(summary, at, scale);
        if (time.signum() == 0) {
            assertEquals(Double.NaN, slope, message);
            assertEquals(Double.NaN, intercept, message);
            return;
        }
        final BigInteger power = BigInteger.TEN.pow(scale);
        final BigInteger both = shape.codeviation();
        final BigInteger perNs = number(6).multiply(shape.weight).multiply(both);
        assertNearest(perNs.multiply(number(DAY_NS)), time.multiply(power), slope, message);

        final BigInteger distance =
                number(2).multiply(shape.weight).multiply(number(at)).subtract(shape.middles);
        final BigInteger numerator = shape.sum
                .multiply(time)
                .add(number(3).multiply(both).multiply(shape.weight).multiply(distance));
        assertNearest(numerator, time.multiply(shape.weight).multiply(power), intercept, message + " at=" + at);
    }

    private static BigInteger number(final long value) {
        return BigInteger.valueOf(value);
    }
}
