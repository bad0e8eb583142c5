package io.tollgate.core.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LongPagesTest {
    private final LongPages table = new LongPages();

    @Test
    void shouldCoverWholePagesAndNeverFewerThanBefore() {
        assertEquals(0, table.covered());
        table.cover(1);
        assertEquals(1_024, table.covered());
        table.cover(1_025);
        assertEquals(2_048, table.covered());
        table.cover(3);
        assertEquals(2_048, table.covered());
    }

    @Test
    void shouldKeepAddressesWhileMoreNumbersAreCovered() {
        table.cover(1_024);
        table.set(0, 8);
        table.set(1_023, 16);
        table.cover(100_000);
        assertEquals(8, table.get(0));
        assertEquals(16, table.get(1_023));
        assertEquals(0, table.get(1_024));
        table.clear();
        assertEquals(0, table.get(0));
    }
}
