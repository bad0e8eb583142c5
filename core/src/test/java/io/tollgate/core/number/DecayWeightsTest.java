package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.AllocationMeasurement;
import io.tollgate.core.fixture.TestEffort;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecayWeightsTest {
    private static final int CASES = TestEffort.times(5_000);
    private static final BigDecimal U = BigDecimal.valueOf(0x1p-53);

    private final Quotients quotients = new Quotients();

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 1_000, 86_400_000_000_000L})
    void shouldBeExactAfterWholeHalfLives(final long length) {
        final DecayWeights weights = new DecayWeights(true, length, quotients);
        for (int i = 0; i < 1_200; i++) {
            assertEquals(Math.scalb(1.0, -i), weights.left(i * length));
            assertEquals(1 - Math.scalb(1.0, -i), weights.lost(i * length));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseAllInTheEndAndNothingAtOnce(final boolean isHalfLife) {
        final DecayWeights weights = new DecayWeights(isHalfLife, 7, quotients);
        assertEquals(1, weights.left(0));
        assertEquals(0, weights.lost(0));
        assertEquals(0, weights.left(-1));
        assertEquals(1, weights.lost(-1));
        assertEquals(0, weights.left(Long.MAX_VALUE));
    }

    @Test
    void shouldLeaveOneEthAfterATimeConstant() {
        final DecayWeights weights = new DecayWeights(false, 86_400_000_000_000L, quotients);
        assertEquals(1 / Math.E, weights.left(86_400_000_000_000L), Math.ulp(0.3));
        assertEquals(1, weights.perDay());
        assertEquals(2 * Math.log(2), new DecayWeights(true, 43_200_000_000_000L, quotients).perDay());
    }

    /** The interpreter runs these few calls, so no JIT removes an allocation. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAllocateNothing(final boolean isHalfLife) {
        final DecayWeights weights = new DecayWeights(isHalfLife, 77, quotients);
        assertEquals(
                0,
                AllocationMeasurement.bytesOf(
                        number -> {
                            weights.left(50 + number);
                            weights.lost(50 + number);
                        },
                        5));
    }

    /** Checks the bounds that {@link DecayWeights} names, for times whose weight is above 2^-1022. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeWithinItsBounds(final boolean isHalfLife) {
        final AdversarialLongs longs = new AdversarialLongs(isHalfLife ? 131 : 132);
        for (int i = 0; i < CASES; i++) {
            final long length = 1 + (longs.any() & Long.MAX_VALUE - 1);
            final DecayWeights weights = new DecayWeights(isHalfLife, length, quotients);
            final long time = time(longs, length);
            final long other = time(longs, length);
            final BigDecimal left = NaiveExponential.left(isHalfLife, unsigned(time), length);
            final BigDecimal lost = BigDecimal.ONE.subtract(NaiveExponential.left(isHalfLife, unsigned(other), length));
            final String message = longs.at(i) + " length=" + length + " time=" + time + " other=" + other;
            assertWithin(isHalfLife ? 4 : 6, left, weights.left(time), message);
            assertWithin(7, lost, weights.lost(other), message);
            assertWithin(14, left.multiply(lost), weights.left(time) * weights.lost(other), message);
            assertWithin(3, NaiveExponential.perDay(isHalfLife, length), weights.perDay(), message);
        }
    }

    /** Draws a time of up to 500 lengths. Half of the times are shorter than one length. */
    private static long time(final AdversarialLongs longs, final long length) {
        final long most = Math.min(500, Long.MAX_VALUE / length);
        return Math.floorMod(longs.any(), longs.oneIn(2) ? length : most * length);
    }

    private static void assertWithin(
            final int bound, final BigDecimal expected, final double actual, final String message) {
        final BigDecimal distance = new BigDecimal(actual).subtract(expected).abs();
        assertTrue(
                distance.compareTo(expected.abs().multiply(U).multiply(BigDecimal.valueOf(bound))) <= 0,
                () -> message + " expected=" + expected.round(MathContext.DECIMAL128) + " actual=" + actual);
    }
}
