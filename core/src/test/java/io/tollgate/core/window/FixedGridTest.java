package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Instants;
import org.junit.jupiter.api.Test;

class FixedGridTest {
    private final FixedGrid grid = new FixedGrid();

    @Test
    void shouldNumberTheBucketsBackFromTheLastInstant() {
        grid.fit(10, 0, 34, true);
        assertEquals(3, grid.count());
        assertEquals(5, grid.startNs(0));
        assertEquals(35, grid.startNs(3));
        assertEquals(-1, grid.numberOf(4));
        assertEquals(-1, grid.numberOf(-5));
        assertEquals(-2, grid.numberOf(-6));
        assertEquals(0, grid.numberOf(5));
        assertEquals(0, grid.numberOf(14));
        assertEquals(2, grid.numberOf(34));
        assertEquals(-15, grid.startNsBack(2));
        assertEquals(1, grid.edgeNs());
        grid.fit(10, 0, 34, false);
        assertEquals(0, grid.edgeNs());
    }

    @Test
    void shouldHoldABucketThatIsTheWholeWindowAndNoneInAnEmptyOne() {
        grid.fit(35, 0, 34, true);
        assertEquals(1, grid.count());
        grid.fit(36, 0, 34, true);
        assertEquals(0, grid.count());
        grid.fit(1, 7, 7, true);
        assertEquals(1, grid.count());
        grid.fit(1, 7, 6, true);
        assertEquals(0, grid.count());
    }

    @Test
    void shouldReachOverAllTime() {
        grid.fit(1, Instants.MIN, Instants.MAX, false);
        assertEquals(-2, grid.count());
        assertEquals(Instants.MIN, grid.startNs(0));
        assertEquals(-2 - 1, grid.numberOf(Instants.MAX));
        assertEquals(Long.MIN_VALUE, grid.startNsBack(1));
        assertEquals(Long.MIN_VALUE, grid.startNsBack(2));
        grid.fit(Long.MAX_VALUE, Instants.MIN, Instants.MAX, false);
        assertEquals(2, grid.count());
        assertEquals(0, grid.startNs(1));
    }
}
