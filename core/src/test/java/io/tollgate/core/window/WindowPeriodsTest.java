package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Amounts that represent 10 ns each. */
class WindowPeriodsTest {
    @AutoClose
    private final SeriesFixture fixture = new SeriesFixture(
            SeriesKind.FLOW, 0, ReportingPeriod.of(Duration.ofNanos(10)).code());

    private final WindowResolver resolver = new WindowResolver(fixture.blocks());
    private final WindowBounds bounds = new WindowBounds();

    @Test
    void shouldTakeTheOnlyPeriodThereIs() {
        fixture.put(20, 5, 0);
        resolve(Window.since(10), 20);
        assertEquals(10, bounds.lowestNs());
        assertEquals(10, bounds.coveredNs());
        assertFalse(resolver.periods().nextCut());
        assertTrue(resolver.periods().isIntact());
    }

    @Test
    void shouldSkipAPeriodThatEndsAtTheStartOfTheWindow() {
        fixture.put(20, 5, 0);
        fixture.put(30, 5, 0);
        resolve(Window.since(20), 30);
        assertEquals(21, bounds.lowestNs());
        assertEquals(10, bounds.coveredNs());
        resolve(Window.since(20), 20);
        assertEquals(21, bounds.lowestNs());
        assertEquals(0, bounds.coveredNs());
        assertFalse(resolver.periods().nextCut());
    }

    @Test
    void shouldBeginAtTheStartOfTheFirstPeriod() {
        fixture.put(20, 5, 0);
        resolve(Window.last(1), 20);
        assertEquals(10, bounds.startNs());
        assertEquals(20, bounds.lowestNs());
        assertTrue(bounds.hasPeriods());
        resolve(Window.last(1), 19);
        assertEquals(19, bounds.startNs());
        assertTrue(bounds.hasPeriods());
    }

    @Test
    void shouldSumUpWhatIsCutBeyondALong() {
        final long[][] amounts = {
            {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE},
            {-Long.MAX_VALUE, -Long.MAX_VALUE, -Long.MAX_VALUE},
            {-1, 1, 0},
            {1, -1, -1},
            {-7, -1, 9},
            {Long.MAX_VALUE, 5, -Long.MAX_VALUE}
        };
        for (int i = 0; i < amounts.length; i++) {
            final int toNs = 100 * (i + 1);
            BigInteger sum = BigInteger.ZERO;
            for (int reference = 0; reference < 3; reference++) {
                fixture.put(toNs, amounts[i][reference], reference);
                sum = sum.add(BigInteger.valueOf(amounts[i][reference]));
            }
            resolve(Window.since(toNs - 4), toNs + 1);
            final WindowPeriods periods = resolver.periods();
            assertTrue(periods.nextCut());
            assertEquals(sum.longValue(), periods.amountLow());
            assertEquals(sum.shiftRight(64).longValue(), periods.amountHigh());
            assertEquals(4, periods.partNs());
            assertEquals(10, periods.lengthNs());
            assertFalse(periods.nextCut());
            assertTrue(periods.isIntact());
        }
    }

    @Test
    void shouldReportATruncatedRecordAsTorn() {
        for (int i = 0; i < 1_000; i++) {
            fixture.put(500 + i / 300, i, i);
        }
        resolve(Window.since(499), 503);
        fixture.tear(fixture.blockAt(501));
        final WindowPeriods periods = resolver.periods();
        assertTrue(periods.nextCut());
        assertFalse(periods.nextCut());
        assertFalse(periods.isIntact());
    }

    private void resolve(final Window window, final long atNs) {
        assertTrue(resolver.resolve(fixture.series(), window, atNs, bounds));
    }
}
