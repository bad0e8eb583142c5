package io.tollgate.core.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {
    private static final int LENGTH = 1 << 18;

    private final LongTable table = new LongTable();

    @ParameterizedTest
    @ValueSource(longs = {-1, 16, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldGetNothingByANumberThatIsNotCovered(final long number) {
        table.cover(16);
        table.set(0, 5);
        assertEquals(0, table.get(number));
    }

    @Test
    void shouldKeepLongsThatAreSetWhileTheTableGrows() throws InterruptedException {
        table.cover(LENGTH);
        final Thread covering = new Thread(() -> {
            for (long length = LENGTH; length <= 16L * LENGTH; length *= 2) {
                table.cover(length + 1);
            }
        });
        covering.start();
        long round = 0;
        while (covering.isAlive()) {
            round++;
            for (int i = 0; i < LENGTH; i++) {
                table.set(i, round);
            }
        }
        covering.join();
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(round, table.get(i), "number=" + i);
        }
    }
}
