package io.tollgate.core.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTableTest {
    private static final int LENGTH = 192;
    private static final int AREAS = 64;
    private static final long FIRST = 1L << 40;
    private static final long SECOND = 1L << 47;

    private final AreaTable table = new AreaTable(LENGTH, AREAS);

    /** Fills one entry, and two areas of the next one. */
    @BeforeEach
    void fill() {
        table.cover(AREAS + 3);
        table.addFirst(0, FIRST);
        for (int number = 1; number < AREAS; number++) {
            assertEquals(0, table.get(number));
            table.addNext(number);
        }
        table.addFirst(AREAS, SECOND);
        table.addNext(AREAS + 1);
    }

    @Test
    void shouldFindEachAreaAfterTheOneBefore() {
        for (int number = 0; number < AREAS; number++) {
            assertEquals(FIRST + (long) number * LENGTH, table.get(number));
        }
        assertEquals(SECOND, table.get(AREAS));
        assertEquals(SECOND + LENGTH, table.get(AREAS + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {AREAS + 2, 2 * AREAS - 1, 2 * AREAS, -1, -AREAS, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 38})
    void shouldFindNothingByANumberThatWasNotAdded(final long number) {
        assertEquals(0, table.get(number));
    }

    @Test
    void shouldReportTheFirstAreaOfAnEntry() {
        assertTrue(table.isFirst(0));
        assertFalse(table.isFirst(AREAS - 1));
        assertTrue(table.isFirst(AREAS));
        assertTrue(new AreaTable(LENGTH, 1).isFirst(3));
    }

    @Test
    void shouldFindNoAreaOfAnEntryThatCannotBeReached() {
        table.cover(4 * AREAS);
        table.addFirst(2 * AREAS, 0);
        table.addNext(2 * AREAS + 1);
        assertEquals(0, table.get(2 * AREAS));
        assertEquals(0, table.get(2 * AREAS + 1));
    }

    @Test
    void shouldReportHowManyAreCoveredAndNeverCoverFewer() {
        assertEquals(AREAS + 3, table.covered());
        table.cover(1);
        assertEquals(AREAS + 3, table.covered());
        assertEquals(SECOND, table.get(AREAS));
        table.clear();
        assertEquals(0, table.covered());
        assertEquals(0, table.get(0));
    }
}
