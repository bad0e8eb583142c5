package io.tollgate.api.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.TestSeed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SurvivalCurveTest {
    private static final MathContext DIGITS = new MathContext(80);

    @Test
    void m14KaplanMeierWithPendingCases() {
        final SurvivalCurve curve = SurvivalCurve.of(List.of(10L, 20L, 40L), List.of(30L, 50L));
        assertEquals(
                List.of(
                        new SurvivalCurve.Step(10, 5, 1, 0.8),
                        new SurvivalCurve.Step(20, 4, 1, 0.6),
                        new SurvivalCurve.Step(40, 2, 1, 0.3)),
                curve.steps());
        assertEquals(OptionalLong.of(40), curve.median());
        assertEquals(1, curve.survival(9));
        assertEquals(0.6, curve.survival(39));
        assertEquals(0.3, curve.survival(1_000));
    }

    @Test
    void shouldNotKnowAMedianThatHasNotComeYet() {
        final SurvivalCurve curve = SurvivalCurve.of(List.of(5L), List.of(6L, 7L));
        assertEquals(OptionalLong.empty(), curve.median());
        assertEquals(OptionalLong.of(5), curve.quantile(0.25));
        assertEquals(
                OptionalLong.empty(), SurvivalCurve.of(List.of(), List.of(3L)).median());
    }

    @Test
    void shouldTakeACaseThatLeftAtAnEventForOneThatWasThere() {
        assertEquals(
                List.of(new SurvivalCurve.Step(7, 3, 1, 2 / 3.0)),
                SurvivalCurve.of(List.of(7L), List.of(7L, 9L)).steps());
    }

    @Test
    void shouldBeAFractionWithoutRoundingOnTheWay() {
        assertEquals(
                OptionalLong.of(3),
                SurvivalCurve.of(List.of(1L, 3L), List.of(2L, 4L)).quantile(0.625),
                "3/4 x 1/2");
        final SurvivalCurve thirds = SurvivalCurve.of(List.of(1L, 2L, 3L, 4L, 5L, 6L), List.of());
        assertEquals(OptionalLong.of(3), thirds.median(), "5/6 x 4/5 x 3/4 is a half, not a little more");
    }

    /** Without pending cases the curve is the share of the longer cases. */
    @Test
    void shouldBeTheShareOfLongerCasesIfNoneIsPending() {
        final Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            final List<Long> closed = days(random, 1 + random.nextInt(50));
            final SurvivalCurve curve = SurvivalCurve.of(closed, List.of());
            for (long day = 0; day < 42; day++) {
                final long at = day;
                final long longer = closed.stream().filter(days -> days > at).count();
                assertEquals((double) longer / closed.size(), curve.survival(day), "day=" + day + " " + closed);
            }
        }
    }

    /** Efron's construction: a pending case hands its weight in equal parts to all cases that remain. */
    @Test
    void shouldEqualTheRedistributionToTheRight() {
        final long seed = TestSeed.of("redistribution to the right");
        for (int round = 0; round < 1_000; round++) {
            final Random random = new Random(seed + round);
            final List<Long> closed = days(random, random.nextInt(30));
            final List<Long> pending = days(random, random.nextInt(30));
            final SurvivalCurve curve = SurvivalCurve.of(closed, pending);
            final String message = "seed=" + seed + " round=" + round + " " + closed + pending;
            for (long day = 0; day < 42; day++) {
                assertEquals(redistributed(closed, pending, day), curve.survival(day), message + " day=" + day);
            }
        }
    }

    private static double redistributed(final List<Long> closed, final List<Long> pending, final long until) {
        final List<long[]> cases = new ArrayList<>();
        closed.forEach(days -> cases.add(new long[] {days, 0}));
        pending.forEach(days -> cases.add(new long[] {days, 1}));
        cases.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        BigDecimal weight =
                cases.isEmpty() ? BigDecimal.ZERO : BigDecimal.ONE.divide(BigDecimal.valueOf(cases.size()), DIGITS);
        BigDecimal survival = BigDecimal.ONE;
        for (int i = 0; i < cases.size() && cases.get(i)[0] <= until; i++) {
            final int after = cases.size() - 1 - i;
            if (cases.get(i)[1] == 0) {
                survival = survival.subtract(weight);
            } else if (after > 0) {
                weight = weight.add(weight.divide(BigDecimal.valueOf(after), DIGITS));
            }
        }
        // Rounds to sixty of eighty digits, because the sum of rounded fractions may miss an exact fraction or 0.
        return survival.setScale(60, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static List<Long> days(final Random random, final int count) {
        final List<Long> days = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            days.add((long) random.nextInt(40));
        }
        return Collections.unmodifiableList(days);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertEquals(
                "days=-1, expected 0 or more: a case closes after its receipt",
                assertThrows(IllegalArgumentException.class, () -> SurvivalCurve.of(List.of(-1L), List.of()))
                        .getMessage());
        final SurvivalCurve curve = SurvivalCurve.of(List.of(1L), List.of());
        assertThrows(IllegalArgumentException.class, () -> curve.quantile(0));
        assertThrows(IllegalArgumentException.class, () -> curve.quantile(1));
        assertThrows(UnsupportedOperationException.class, () -> curve.steps().clear());
    }
}
