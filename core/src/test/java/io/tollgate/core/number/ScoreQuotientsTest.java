package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static io.tollgate.core.number.NearestDouble.assertRoot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.memory.NativeBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreQuotientsTest {
    private static final int CASES = TestEffort.times(50_000);

    private final ScoreQuotients scores = new ScoreQuotients();
    private final RunSummary flow = new RunSummary();
    private final RunSummary step = new RunSummary().clear(true);

    @Test
    void shouldScoreTheNewestPointWithoutAndWithItself() {
        final long[] values = {2, 4, 4, 4, 5, 5, 7};
        for (final long value : values) {
            flow.append(0, value);
        }
        assertEquals(3.0237, scores.zScore(flow, flow.count(), 1, 9), 0.00005);
        flow.append(0, 9);
        assertEquals(1.8708, scores.zScore(flow, flow.count(), 1, 9), 0.00005);
        assertEquals(2.0, scores.zScore(flow, flow.count(), 0, 9), "mean 5, sd 2");
        assertEquals(-1.5, scores.zScore(flow, flow.count(), 0, 2));
        assertEquals(0.0, scores.zScore(flow, flow.count(), 0, 5));
    }

    @Test
    void shouldScoreAgainstALevelByItsTimeInForce() {
        /* Values 0 for 3 ns and 4 for 1 ns: mean 1, variance 3. */
        step.append(0, 0);
        step.append(3, 4);
        step.extendEnd(4);
        assertEquals(Math.sqrt(3), scores.zScore(step, step.duration(), 0, 4));
    }

    private static BaselineMean baseline(final long low, final long high, final long weight) {
        return new BaselineMean().add(low, high, weight);
    }

    @Test
    void shouldSayNaNWithoutDegreesOfFreedomOrSpread() {
        assertEquals(Double.NaN, scores.zScore(flow, 0, 0, 5));
        flow.append(0, 5);
        assertEquals(Double.NaN, scores.zScore(flow, 1, 1, 5));
        flow.append(0, 5);
        assertEquals(Double.NaN, scores.zScore(flow, 2, 1, 5));
        assertEquals(Double.NaN, scores.zScore(flow, 2, 1, 6));
        flow.clear(false);
        flow.append(0, 5);
        flow.append(0, 7);
        assertEquals(Double.NaN, scores.zScore(flow, 2, 2, 7));
        assertEquals(1.0, scores.zScore(flow, 2, 0, 7));
    }

    @Test
    void shouldCompareWithBaselinesAsPublished() {
        assertEquals(-3.63, scores.poissonScore(194, 0, baseline(503, 0, 2), 0), 0.005);
        assertEquals(-3.63, scores.poissonScore(194_000_000, 0, baseline(503_000_000, 0, 2), 6), 0.005);
        assertEquals(0.2555, scores.baselineRatio(1_238, 0, 1, baseline(4_846, 0, 1)), 0.00005);
        assertEquals(194 / 251.5, scores.baselineRatio(194, 0, 1, baseline(503, 0, 2)));
        assertEquals(0.0, scores.poissonScore(4, 0, baseline(12, 0, 3), 0));
        assertEquals(-2.0, scores.poissonScore(0, 0, baseline(12, 0, 3), 0));
    }

    @Test
    void shouldTakeTheMeanOfBaselinesByTheirWeights() {
        /* Values 10 for 3 and -2 for 1, so 7, against 14 for 2. */
        final BaselineMean weighted = baseline(30, 0, 3).add(-2, -1, 1);
        assertEquals(2.0, scores.baselineRatio(28, 0, 2, weighted));
        assertEquals(Double.NaN, scores.baselineRatio(28, 0, 2, weighted.clear()));
    }

    @ParameterizedTest
    @CsvSource({"251.5, 0", "251.5, 9", "2515e-1, 3", "-4, 2", "1e39, 9", "1e-40, 0"})
    void shouldCompareWithANumber(final BigDecimal mean, final int scale) {
        final BaselineMean number = new BaselineMean().set(mean, scale);
        final BigDecimal value = BigDecimal.valueOf(194_000_000_000L, scale);
        final BigDecimal ratio = value.divide(mean, MathContext.DECIMAL128);
        assertEquals(ratio.doubleValue(), scores.baselineRatio(194_000_000_000L, 0, 1, number));
        final double score = scores.poissonScore(194_000_000_000L, 0, number, scale);
        if (mean.signum() < 0) {
            assertEquals(Double.NaN, score);
        } else {
            final BigDecimal root = mean.sqrt(MathContext.DECIMAL128);
            final double expected =
                    value.subtract(mean).divide(root, MathContext.DECIMAL128).doubleValue();
            assertEquals(expected, score, Math.ulp(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "5, 0, 0", "0, 0, 0"})
    void shouldSayNaNAgainstNothing(final long low, final long high, final long count) {
        assertEquals(Double.NaN, scores.poissonScore(7, 0, baseline(low, high, count), 0));
        assertEquals(Double.NaN, scores.baselineRatio(7, 0, 1, baseline(low, high, count)));
    }

    @Test
    void shouldHaveNoScoreOfPoissonAgainstLessThanNothing() {
        assertEquals(Double.NaN, scores.poissonScore(7, 0, baseline(-5, -1, 1), 0));
    }

    @Test
    void shouldKeepTheSignOfARatioAndHaveNoNegativeZero() {
        assertEquals(-1.5, scores.baselineRatio(3, 0, 1, baseline(-2, -1, 1)));
        assertEquals(1.5, scores.baselineRatio(-3, -1, 1, baseline(-2, -1, 1)));
        assertEquals(0.0, scores.baselineRatio(0, 0, 1, baseline(-2, -1, 1)));
    }

    @ParameterizedTest
    @CsvSource({"false, 121", "true, 122"})
    void shouldRoundTheScoresOfRandomRuns(final boolean timeWeighted, final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        int scored = 0;
        for (int i = 0; i < CASES; i++) {
            final NaiveRun run = NaiveRun.random(longs, timeWeighted, 1 + longs.below(6));
            final RunSummary summary = run.summary(0, run.size());
            final long weight = timeWeighted ? summary.duration() : summary.count();
            final long value = longs.oneIn(2) ? longs.value() : run.last().value();
            final int ddof = longs.below(2);
            final BigInteger total = unsigned(weight);
            final BigInteger degrees = total.subtract(BigInteger.valueOf(ddof));
            final BigInteger sum = NaiveRun.firstMoment(summary);
            final BigInteger spread =
                    total.multiply(NaiveRun.secondMoment(summary)).subtract(sum.pow(2));
            final double actual = scores.zScore(summary, weight, ddof, value);
            final String message = longs.at(i) + " points=" + run.points + " value=" + value;
            if (degrees.signum() <= 0 || spread.signum() == 0) {
                assertEquals(Double.NaN, actual, message);
                continue;
            }
            final BigInteger distance =
                    total.multiply(BigInteger.valueOf(value)).subtract(sum);
            assertEquals(distance.signum(), (int) Math.signum(actual), message);
            assertRoot(distance.pow(2).multiply(degrees), total.multiply(spread), Math.abs(actual), message);
            scored++;
        }
        assertTrue(scored > CASES / 3, longs.at(0) + " scored=" + scored);
    }

    @Test
    void shouldRoundRandomScoresAndRatiosAgainstBaselines() {
        final AdversarialLongs longs = new AdversarialLongs(123);
        for (int i = 0; i < CASES; i++) {
            final long low = longs.any();
            final long high = longs.oneIn(2) ? low >> 63 : longs.any();
            final long sumLow = longs.any();
            final long sumHigh = longs.oneIn(2) ? 0 : longs.any();
            final long count = longs.oneIn(2) ? 1 + longs.below(5) : longs.any();
            final long weight = longs.oneIn(2) ? 1 : longs.any() | 1;
            final int scale = longs.below(10);
            final BigInteger sum = NaiveRun.signed(sumLow, sumHigh);
            final BigInteger scaled = NaiveRun.signed(low, high).multiply(unsigned(count));
            final double score = scores.poissonScore(low, high, baseline(sumLow, sumHigh, count), scale);
            final double ratio = scores.baselineRatio(low, high, weight, baseline(sumLow, sumHigh, count));
            if (count == 0 || sum.signum() == 0) {
                assertEquals(Double.NaN, ratio, longs.at(i));
            } else {
                final BigInteger signed = sum.signum() < 0 ? scaled.negate() : scaled;
                assertNearest(signed, sum.abs().multiply(unsigned(weight)), ratio, longs.at(i));
            }
            if (count == 0 || sum.signum() <= 0) {
                assertEquals(Double.NaN, score, longs.at(i));
                continue;
            }
            final BigInteger distance = scaled.subtract(sum);
            final BigInteger square = sum.multiply(unsigned(count)).multiply(BigInteger.TEN.pow(scale));
            assertEquals(distance.signum(), (int) Math.signum(score), longs.at(i));
            assertRoot(distance.pow(2), square, Math.abs(score), longs.at(i));
        }
    }

    @Test
    void shouldThrowNothingForWordsThatBelongToNoPoints() {
        final AdversarialLongs longs = new AdversarialLongs(124);
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.HOT_LENGTH);
        int numbers = 0;
        for (int i = 0; i < CASES; i++) {
            for (int offset = 0; offset < RunSummaryDescriptor.HOT_LENGTH; offset += 8) {
                buffer.putLong(offset, longs.any());
            }
            flow.load(buffer, 0, longs.oneIn(2));
            numbers += Double.isNaN(scores.zScore(flow, longs.any(), longs.below(2), longs.any())) ? 0 : 1;
        }
        assertTrue(numbers > CASES / 200 && numbers < CASES, longs.at(0) + " numbers=" + numbers);
    }
}
