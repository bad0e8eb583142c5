package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SeriesOrderTest {
    private static final int SERIES = 1_000;

    @Test
    void shouldComeByAllSeriesInTheSameOrderAgainAndAgain() {
        final SeriesOrder order = new SeriesOrder(SERIES);
        final SeriesOrder other = new SeriesOrder(SERIES);
        final int[] first = new int[SERIES];
        final BitSet seen = new BitSet();
        for (int i = 0; i < SERIES; i++) {
            first[i] = order.next();
            seen.set(first[i]);
        }
        assertEquals(SERIES, seen.cardinality());
        for (int i = 0; i < SERIES; i++) {
            assertEquals(first[i], order.next());
            assertEquals(first[i], other.next());
        }
    }

    @Test
    void shouldSeldomGoToANeighbour() {
        final SeriesOrder order = new SeriesOrder(SERIES);
        int neighbours = 0;
        int before = order.next();
        for (int i = 1; i < SERIES; i++) {
            final int next = order.next();
            if (Math.abs(next - before) <= 2) {
                neighbours++;
            }
            before = next;
        }
        assertTrue(neighbours < SERIES / 50, "neighbours=" + neighbours);
    }
}
