package io.tollgate.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStartTest {
    @ParameterizedTest
    @CsvSource({
        "13618 (cat) R 13606 13606 8487 0 -1 4194304 131 0 0 0 0 0 0 0 20 0 1 0 1733099 3366912 445, 1733099",
        "7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 99 20, 99",
        "7 (cut) S 1 2 3, -1",
        "7 (text) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 soon 20, -1",
        "'', -1",
    })
    void shouldFindTheStartAfterTheName(final String stat, final long ticks) {
        assertEquals(ticks, ProcessStart.parse(stat));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldDistinguishAProcessFromOneThatStartedLater() throws IOException, InterruptedException {
        final long own = ProcessStart.ticks(ProcessHandle.current().pid());
        final Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertTrue(own > 0 && own < ProcessStart.ticks(child.pid()), () -> "own=" + own);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertEquals(ProcessStart.UNKNOWN, ProcessStart.ticks(child.pid()));
    }
}
