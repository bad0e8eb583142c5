package io.tollgate.core.number;

import static io.tollgate.core.number.NearestDouble.assertNearest;
import static io.tollgate.core.number.NearestDouble.assertRoot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossQuotientsTest {
    private static final int CASES = TestEffort.times(25_000);
    private static final long[] X = {1, 2, 4, 3, 5, 6};
    private static final long[] Y = {0, 1, 2, 4, 3, 5};

    private final CrossQuotients cross = new CrossQuotients();
    private final CrossMoments moments = new CrossMoments();

    @Test
    void shouldAnswerTheWorkedCorrelationAndTheOneWithXLeading() {
        for (int i = 0; i < X.length; i++) {
            moments.add(1, X[i], Y[i]);
        }
        assertEquals(29.0 / 35, cross.correlation(moments), "0.82857...");
        assertEquals(2.9, cross.covariance(moments, 1, 0, 0));
        assertEquals(29.0 / 35, new CrossQuotients().beta(moments, 0, 0), "the first question");
        moments.clear();
        for (int i = 1; i < X.length; i++) {
            moments.add(1, X[i - 1], Y[i]);
        }
        assertEquals(1.0, cross.correlation(moments), "x leads by one");
    }

    /** The last three observations of pandas #66678, for which a running update gave NaN and -5.9E7. */
    @Test
    void shouldBeExactIfTheAnswerIsASimpleFraction() {
        moments.add(1, 5, 7);
        moments.add(1, 8, 6);
        moments.add(1, 7, 9);
        assertEquals(-1.0 / 3, cross.covariance(moments, 1, 0, 0));
        assertEquals(-1.0 / 7, cross.correlation(moments));
        assertEquals(-1.0 / 7, cross.beta(moments, 0, 0));
    }

    @Test
    void shouldWeighByTimeInForceAndCountTheScalesOfBothSides() {
        /* x = 0.10 and y = 2 for 3 ns, x = 0.50 and y = 6 for 1 ns: deviations -0.1 and 0.3, -1 and 3. */
        moments.add(3, 10, 2);
        moments.add(1, 50, 6);
        assertEquals(0.3, cross.covariance(moments, 0, 2, 0));
        assertEquals(0.3, cross.covariance(moments, 0, 0, 2));
        assertEquals(0.4, cross.covariance(moments, 1, 2, 0));
        assertEquals(1.0, cross.correlation(moments));
        assertEquals(10.0, cross.beta(moments, 2, 0));
        assertEquals(0.001, cross.beta(moments, 0, 2));
    }

    @Test
    void shouldBeUndefinedExactlyIfASideIsConstant() {
        for (int i = 0; i < 9; i++) {
            moments.add(1, Long.MAX_VALUE, i);
        }
        assertTrue(cross.isConstantX(moments));
        assertFalse(cross.isConstantY(moments));
        assertEquals(Double.NaN, cross.correlation(moments));
        assertEquals(Double.NaN, cross.beta(moments, 0, 0));
        assertEquals(0.0, cross.covariance(moments, 1, 0, 0));
        moments.add(1, Long.MAX_VALUE - 1, 8);
        assertFalse(cross.isConstantX(moments));
        assertTrue(cross.correlation(moments) < 0);
        moments.clear();
        moments.add(1, 3, -7);
        moments.add(1, 4, -7);
        assertFalse(cross.isConstantX(moments));
        assertTrue(cross.isConstantY(moments));
        assertEquals(Double.NaN, cross.correlation(moments));
        assertEquals(0.0, cross.beta(moments, 0, 0));
    }

    @Test
    void shouldSayNaNIfThereAreTooFewObservations() {
        assertEquals(Double.NaN, cross.covariance(moments, 0, 0, 0));
        assertEquals(Double.NaN, cross.correlation(moments));
        assertEquals(Double.NaN, cross.beta(moments, 0, 0));
        assertTrue(cross.isConstantX(moments) && cross.isConstantY(moments));
        moments.add(1, 5, 7);
        assertEquals(0.0, cross.covariance(moments, 0, 0, 0));
        assertEquals(Double.NaN, cross.covariance(moments, 1, 0, 0));
        assertEquals(Double.NaN, cross.correlation(moments));
    }

    @ParameterizedTest
    @CsvSource({"true, 111", "false, 112"})
    void shouldRoundRandomPairs(final boolean isSample, final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        int lines = 0;
        for (int step = 0; step < CASES; step++) {
            final NaivePairs pairs = NaivePairs.random(longs, isSample, 1 + longs.below(6));
            final CrossMoments sums = pairs.moments();
            final String message = longs.at(step) + " observations=" + pairs.observations;
            assertCovariance(pairs, sums, longs, message);
            final BigInteger x = pairs.squareX();
            final BigInteger y = pairs.squareY();
            assertEquals(x.signum() == 0, cross.isConstantX(sums), message);
            assertEquals(y.signum() == 0, cross.isConstantY(sums), message);
            assertBeta(pairs, sums, longs, message);
            final double actual = cross.correlation(sums);
            if (x.signum() == 0 || y.signum() == 0) {
                assertEquals(Double.NaN, actual, message);
                continue;
            }
            final BigInteger both = pairs.codeviation();
            assertTrue(Math.abs(actual) <= 1, message);
            assertEquals(both.signum(), (int) Math.signum(actual), message);
            assertRoot(both.pow(2), x.multiply(y), Math.abs(actual), message);
            if (both.pow(2).equals(x.multiply(y))) {
                assertEquals(1.0, Math.abs(actual), message);
                lines++;
            }
        }
        assertTrue(lines > CASES / 20 && lines < CASES / 2, longs.at(0) + " lines=" + lines);
    }

    private void assertCovariance(
            final NaivePairs pairs, final CrossMoments sums, final AdversarialLongs longs, final String message) {
        final int ddof = longs.below(2);
        final int scaleX = longs.below(10);
        final int scaleY = longs.below(10);
        final BigInteger degrees = pairs.weight().subtract(BigInteger.valueOf(ddof));
        final double actual = cross.covariance(sums, ddof, scaleX, scaleY);
        if (degrees.signum() <= 0) {
            assertEquals(Double.NaN, actual, message);
            return;
        }
        final BigInteger power = BigInteger.TEN.pow(scaleX + scaleY);
        assertNearest(
                pairs.codeviation(), pairs.weight().pow(2).multiply(degrees).multiply(power), actual, message);
    }

    private void assertBeta(
            final NaivePairs pairs, final CrossMoments sums, final AdversarialLongs longs, final String message) {
        final int scaleX = longs.below(10);
        final int scaleY = longs.below(10);
        final double actual = cross.beta(sums, scaleX, scaleY);
        final BigInteger square = pairs.squareX().multiply(BigInteger.TEN.pow(scaleY));
        if (square.signum() == 0) {
            assertEquals(Double.NaN, actual, message);
            return;
        }
        assertNearest(pairs.codeviation().multiply(BigInteger.TEN.pow(scaleX)), square, actual, message);
    }

    @Test
    void shouldSayNaNForWeightsThatBelongToNoObservations() {
        moments.add(Long.MIN_VALUE, 3, 4);
        moments.add(Long.MIN_VALUE, 3, 4);
        assertFalse(cross.isConstantX(moments), "below 0");
        assertEquals(Double.NaN, cross.correlation(moments));
        assertEquals(Double.NaN, cross.beta(moments, 0, 0));
        assertEquals(Double.NaN, cross.covariance(moments, 0, 0, 0));
    }

    @Test
    void shouldThrowNothingForWeightsThatWrapAround() {
        final AdversarialLongs longs = new AdversarialLongs(113);
        int numbers = 0;
        for (int step = 0; step < CASES; step++) {
            moments.clear();
            for (int i = longs.below(5); i >= 0; i--) {
                moments.add(longs.any(), longs.any(), longs.any());
            }
            for (int i = longs.below(60); i >= 0; i--) {
                moments.merge(moments);
            }
            final double sum =
                    cross.covariance(moments, 1, 9, 9) + cross.correlation(moments) + cross.beta(moments, 9, 9);
            numbers += Double.isNaN(sum) ? 0 : 1;
        }
        assertTrue(numbers > CASES / 200 && numbers < CASES, longs.at(0) + " numbers=" + numbers);
    }
}
