package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import org.junit.jupiter.api.Test;

class WindowBoundsTest {
    private final WindowBounds bounds = new WindowBounds();

    @Test
    void shouldHoldTheEndsOfASlidingWindowThatBelongToIt() {
        bounds.sliding(100, 30, Closed.RIGHT);
        assertTime(70, 100, 30);
        assertInside(71, 100);
        bounds.sliding(100, 30, Closed.LEFT);
        assertTime(70, 100, 30);
        assertInside(70, 99);
        bounds.sliding(100, 30, Closed.BOTH);
        assertInside(70, 100);
        bounds.sliding(100, 30, Closed.NEITHER);
        assertInside(71, 99);
    }

    @Test
    void shouldCutAWindowAtTheFirstInstantButNotItsLength() {
        bounds.sliding(Instants.MIN + 5, 6, Closed.BOTH);
        assertTime(Long.MIN_VALUE, Instants.MIN + 5, 6);
        assertInside(Instants.MIN, Instants.MIN + 5);
        bounds.sliding(Instants.MIN + 5, 7, Closed.BOTH);
        assertTime(Long.MIN_VALUE, Instants.MIN + 5, 7);
        assertInside(Instants.MIN, Instants.MIN + 5);
    }

    @Test
    void shouldBeEmptyIfItBeginsAfterItsEnd() {
        bounds.since(10, 40);
        assertTime(10, 40, 30);
        assertInside(10, 40);
        bounds.since(41, 40);
        assertTime(41, 40, 0);
    }

    @Test
    void shouldHoldAllInstantsFromOneToAnother() {
        bounds.instants(10, 40);
        assertTime(10, 41, 31);
        assertInside(10, 40);
    }

    @Test
    void shouldHoldOfPeriodsBeforeAnInstantTheWholeOnesOnly() {
        final WindowBounds window = new WindowBounds();
        window.sliding(100, 30, Closed.RIGHT);
        bounds.before(window, 90);
        assertTime(70, 90, 20);
        assertInside(70, 89);
        window.lowestNs(75);
        window.coveredByPeriods(25);
        bounds.before(window, 90);
        assertTime(70, 90, 20);
        assertInside(75, 89);
        assertFalse(bounds.hasPeriods());
    }

    @Test
    void shouldKnowTheLastValueUntilItRunsOut() {
        bounds.sliding(100, 30, Closed.RIGHT);
        assertEquals(100, bounds.knownUntilNs());
        assertFalse(bounds.isExpiredAtStart());
        bounds.expiresAtNs(71);
        assertEquals(71, bounds.knownUntilNs());
        assertFalse(bounds.isExpiredAtStart());
        bounds.expiresAtNs(70);
        assertTrue(bounds.isExpiredAtStart());
    }

    @Test
    void shouldForgetThePreviousWindow() {
        bounds.last(10, 40, 3);
        bounds.expiresAtNs(10);
        bounds.coveredByPeriods(25);
        assertEquals(3, bounds.wantedCount());
        assertTrue(bounds.hasPeriods());
        assertEquals(25, bounds.coveredNs());
        bounds.since(10, 40);
        assertEquals(0, bounds.wantedCount());
        assertFalse(bounds.hasPeriods());
        assertEquals(0, bounds.coveredNs());
        assertEquals(40, bounds.knownUntilNs());
    }

    @Test
    void shouldMoveTheStartOfTheTimeAlone() {
        bounds.last(10, 40, 3);
        bounds.startNs(4);
        assertTime(4, 40, 36);
        assertInside(10, 40);
    }

    private void assertTime(final long startNs, final long endNs, final long lengthNs) {
        assertEquals(startNs, bounds.startNs());
        assertEquals(endNs, bounds.endNs());
        assertEquals(lengthNs, bounds.lengthNs());
    }

    private void assertInside(final long lowestNs, final long highestNs) {
        assertEquals(lowestNs, bounds.lowestNs());
        assertEquals(highestNs, bounds.highestNs());
    }
}
