package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static io.tollgate.core.number.NearestDouble.assertRoot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.memory.NativeBuffer;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotientsTest {
    private static final int CASES = TestEffort.times(50_000);

    private final Quotients quotients = new Quotients();
    private final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.HOT_LENGTH);
    private final RunSummary stored = new RunSummary();

    @Test
    void shouldRoundDecimalsDifferencesAndRatios() {
        final AdversarialLongs longs = new AdversarialLongs(61);
        for (int step = 0; step < CASES; step++) {
            final long a = longs.any();
            final long b = longs.oneIn(4) ? a + longs.below(3) : longs.any();
            final int scale = longs.below(10);
            final BigInteger power = BigInteger.TEN.pow(scale);
            final String message = longs.at(step);
            assertNearest(BigInteger.valueOf(a), power, quotients.decimal(a, scale), message);
            assertNearest(NaiveRun.signed(a, b), power, quotients.decimal(a, b, scale), message);
            final BigInteger difference = BigInteger.valueOf(a).subtract(BigInteger.valueOf(b));
            assertNearest(difference, power, quotients.difference(a, b, scale), message);
            if (b != 0) {
                assertNearest(unsigned(a), unsigned(b), quotients.ratio(a, b), message);
            }
        }
    }

    @Test
    void shouldRoundAmountsPerDay() {
        final AdversarialLongs longs = new AdversarialLongs(66);
        final BigInteger day = BigInteger.valueOf(86_400_000_000_000L);
        for (int step = 0; step < CASES; step++) {
            final long a = longs.any();
            final long b = longs.oneIn(4) ? a + longs.below(3) : longs.any();
            final long length = longs.any();
            final int scale = longs.below(10);
            final BigInteger sum = longs.oneIn(2) ? BigInteger.valueOf(a) : NaiveRun.signed(a, b);
            load(sum, BigInteger.ZERO);
            final double perDay = quotients.firstMomentPerDay(stored, length, scale);
            final double change = quotients.differencePerDay(a, b, length, scale);
            if (length == 0) {
                assertEquals(Double.NaN, perDay, longs.at(step));
                assertEquals(Double.NaN, change, longs.at(step));
                continue;
            }
            final BigInteger denominator = unsigned(length).multiply(BigInteger.TEN.pow(scale));
            assertNearest(sum.multiply(day), denominator, perDay, longs.at(step));
            final BigInteger difference = BigInteger.valueOf(a).subtract(BigInteger.valueOf(b));
            assertNearest(difference.multiply(day), denominator, change, longs.at(step));
        }
    }

    @Test
    void shouldAnswerRatesPerDay() {
        stored.clear(false);
        stored.append(0, 70);
        stored.append(1, 5);
        assertEquals(2.5, quotients.firstMomentPerDay(stored, 3 * 86_400_000_000_000L, 1));
        assertEquals(-115.0 / 30, quotients.differencePerDay(300, 1450, 30 * 86_400_000_000_000L, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "12, 15, 0, 1, 0, 12.0",
        "45, 60, 3, 5, 0, 54.0",
        "60, 45, 3, 5, 1, 5.1",
        "-9223372036854775807, 9223372036854775807, 1, 2, 9, 0.0",
        "7, 8, 1, 1, 0, 8.0",
        "1, 2, 1, 3, 0, 1.3333333333333333"
    })
    void shouldInterpolateBetweenNeighbours(
            final long lower,
            final long upper,
            final long part,
            final long whole,
            final int scale,
            final double expected) {
        assertEquals(expected, quotients.interpolation(lower, upper, part, whole, scale));
    }

    @Test
    void shouldRoundInterpolations() {
        final AdversarialLongs longs = new AdversarialLongs(67);
        for (int step = 0; step < CASES; step++) {
            final long lower = longs.any();
            final long upper = longs.oneIn(4) ? lower + longs.below(3) : longs.any();
            final int whole = longs.oneIn(4) ? 1_000_000_000 : 1 + longs.below(1_000_000_000);
            final int part = longs.oneIn(4) ? longs.below(2) * whole : longs.below(whole + 1);
            final int scale = longs.below(10);
            final BigInteger numerator = BigInteger.valueOf(lower)
                    .multiply(BigInteger.valueOf(whole - part))
                    .add(BigInteger.valueOf(upper).multiply(BigInteger.valueOf(part)));
            final BigInteger denominator = BigInteger.valueOf(whole).multiply(BigInteger.TEN.pow(scale));
            final double actual = quotients.interpolation(lower, upper, part, whole, scale);
            assertNearest(numerator, denominator, actual, longs.at(step));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.0",
        "1, 0, 1.0",
        "-1, 9, -1.0E-9",
        "145300000, 6, 145.3",
        "9007199254740993, 0, 9.007199254740992E15",
        "9007199254740995, 0, 9.007199254740996E15",
        "-9007199254740993, 0, -9.007199254740992E15",
        "9223372036854775807, 0, 9.223372036854775807E18",
        "-9223372036854775808, 9, -9.223372036854775808E9"
    })
    void shouldReadADecimalAsItsTextReads(final long value, final int scale, final double expected) {
        assertEquals(expected, quotients.decimal(value, scale));
    }

    @Test
    void shouldSayNaNIfThereIsNoQuotient() {
        stored.clear(false).append(1, 5);
        assertEquals(Double.NaN, quotients.ratio(1, 0));
        assertEquals(Double.NaN, quotients.ratio(0, 0));
        assertEquals(Double.NaN, quotients.firstMoment(stored, 0, 3));
        assertEquals(Double.NaN, quotients.variance(stored, 1, 1, 0));
        assertEquals(Double.NaN, quotients.variance(stored, 0, 0, 0));
        assertEquals(Double.NaN, quotients.standardDeviation(stored, 1, 1, 0));
        assertEquals(0.0, quotients.variance(stored, 1, 0, 0));
    }

    @Test
    void shouldSayNaNForMomentsThatBelongToNoPoints() {
        load(BigInteger.TEN, BigInteger.valueOf(49));
        assertEquals(Double.NaN, quotients.variance(stored, 2, 0, 0));
        load(BigInteger.TEN, BigInteger.valueOf(-1));
        assertEquals(Double.NaN, quotients.variance(stored, 2, 0, 0));
        load(BigInteger.ONE.shiftLeft(127).negate(), BigInteger.ONE);
        assertEquals(Double.NaN, quotients.variance(stored, -1, 0, 9));
    }

    @Test
    void shouldAnswerMeanAndVarianceOfALevel() {
        stored.clear(true);
        final long[] rates = {20_000_000, 30_000_000, 104_000_000, 145_000_000, 30_000_000};
        for (int i = 0; i < rates.length; i++) {
            stored.append(i * 10L, rates[i]);
        }
        stored.extendEnd(50);
        assertEquals(65.8, quotients.firstMoment(stored, stored.duration(), 6));
        assertEquals(2478.56, quotients.variance(stored, stored.duration(), 0, 6));
        assertEquals(Math.sqrt(2478.56), quotients.standardDeviation(stored, stored.duration(), 0, 6));
    }

    @ParameterizedTest
    @CsvSource({"false, 62", "true, 63"})
    void shouldRoundTheMomentsOfRandomRuns(final boolean timeWeighted, final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        for (int step = 0; step < CASES; step++) {
            final NaiveRun run = NaiveRun.random(longs, timeWeighted, 1 + longs.below(6));
            final RunSummary summary = run.summary(0, run.size());
            final long weight = timeWeighted ? summary.duration() : summary.count();
            if (weight != 0) {
                assertMoments(summary, weight, longs.below(2), longs.below(10), longs.at(step));
            }
        }
    }

    @Test
    void shouldRoundAnyLegalMoments() {
        final AdversarialLongs longs = new AdversarialLongs(64);
        for (int step = 0; step < CASES; step++) {
            final long weight = longs.any();
            if (weight == 0) {
                continue;
            }
            /* A mean below 2^63, and a second moment not less than that of a constant. */
            final BigInteger first = BigInteger.valueOf(longs.value())
                    .multiply(unsigned(weight))
                    .subtract(unsigned(longs.any()).mod(unsigned(weight)));
            final BigInteger least = first.pow(2).add(unsigned(weight)).divide(unsigned(weight));
            final BigInteger more = longs.oneIn(2)
                    ? unsigned(longs.any()).multiply(unsigned(longs.any()))
                    : BigInteger.valueOf(longs.below(3));
            load(first, least.add(more));
            assertMoments(stored, weight, longs.below(2), longs.below(10), longs.at(step));
        }
    }

    /** The usual windows of events: their variance takes the short way, below a weight of 2^26. */
    @Test
    void shouldRoundVariancesOfShortNumbers() {
        final AdversarialLongs longs = new AdversarialLongs(66);
        final int limit = 1 << 26;
        for (int step = 0; step < CASES; step++) {
            final long weight = longs.oneIn(4) ? limit - 1 + longs.below(3) : 1 + longs.below(1 << longs.below(27));
            final BigInteger first = BigInteger.valueOf(longs.value() >> 1 + longs.below(62));
            final BigInteger least =
                    first.pow(2).add(BigInteger.valueOf(weight - 1)).divide(BigInteger.valueOf(weight));
            load(first, least.add(unsigned(longs.any()).shiftLeft(longs.below(28))));
            assertMoments(stored, weight, longs.below(2), longs.below(10), longs.at(step));
        }
    }

    @Test
    void shouldSendTiesToTheEvenDoubleAndNothingElse() {
        final AdversarialLongs longs = new AdversarialLongs(65);
        int ties = 0;
        for (int step = 0; step < CASES; step++) {
            /* A number of 54 bits whose lowest bit is set is half way between two doubles. */
            final long halfway = longs.any() >>> 10 | 1L << 53 | 1;
            final int scale = longs.below(10);
            final long divisor = longs.any() >>> longs.below(40);
            if (divisor == 0) {
                continue;
            }
            final int offset = longs.below(3) - 1;
            final BigInteger tie = BigInteger.valueOf(halfway)
                    .multiply(unsigned(divisor))
                    .multiply(BigInteger.TEN.pow(scale))
                    .add(BigInteger.valueOf(offset));
            if (tie.bitLength() < 127) {
                load(longs.oneIn(2) ? tie : tie.negate(), BigInteger.ZERO);
                assertFirstMoment(stored, divisor, scale, longs.at(step));
                ties += offset == 0 ? 1 : 0;
            }
            /* With a weight of 2, one degree less and no first moment, the variance is the second moment. */
            load(
                    BigInteger.ZERO,
                    BigInteger.valueOf(halfway).shiftLeft(longs.below(120)).add(BigInteger.valueOf(offset)));
            assertMoments(stored, 2, 1, 0, longs.at(step));
        }
        assertTrue(ties > CASES / 20, longs.at(0) + " ties=" + ties);
    }

    private void assertMoments(
            final RunSummary summary, final long weight, final int ddof, final int scale, final String message) {
        assertFirstMoment(summary, weight, scale, message);
        final BigInteger total = unsigned(weight);
        final BigInteger degrees = total.subtract(BigInteger.valueOf(ddof));
        if (degrees.signum() > 0) {
            final BigInteger first = NaiveRun.firstMoment(summary);
            final BigInteger numerator =
                    total.multiply(NaiveRun.secondMoment(summary)).subtract(first.pow(2));
            final BigInteger denominator = total.multiply(degrees).multiply(BigInteger.TEN.pow(2 * scale));
            assertNearest(numerator, denominator, quotients.variance(summary, weight, ddof, scale), message);
            assertRoot(numerator, denominator, quotients.standardDeviation(summary, weight, ddof, scale), message);
        }
    }

    private void assertFirstMoment(
            final RunSummary summary, final long divisor, final int scale, final String message) {
        final BigInteger denominator = unsigned(divisor).multiply(BigInteger.TEN.pow(scale));
        final double actual = quotients.firstMoment(summary, divisor, scale);
        assertNearest(NaiveRun.firstMoment(summary), denominator, actual, message);
    }

    private void load(final BigInteger first, final BigInteger second) {
        buffer.putLong(RunSummaryDescriptor.COUNT_OFFSET, 1);
        for (int i = 0; i < 2; i++) {
            buffer.putLong(
                    RunSummaryDescriptor.FIRST_MOMENT_OFFSET + 8 * i,
                    first.shiftRight(64 * i).longValue());
        }
        for (int i = 0; i < 3; i++) {
            buffer.putLong(
                    RunSummaryDescriptor.SECOND_MOMENT_OFFSET + 8 * i,
                    second.shiftRight(64 * i).longValue());
        }
        stored.load(buffer, 0, true);
    }
}
