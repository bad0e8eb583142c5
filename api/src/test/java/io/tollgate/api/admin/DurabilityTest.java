package io.tollgate.api.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {
    @ParameterizedTest
    @ValueSource(strings = {"NONE", "COMMIT", "INTERVAL:1", "INTERVAL:10", "INTERVAL:3600000"})
    void shouldReadWhatItWrites(final String text) {
        assertEquals(text, Durability.parse(text).toString());
        assertEquals(Durability.parse(text), Durability.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "INTERVAL",
                "INTERVAL:",
                "INTERVAL:0",
                "INTERVAL:-1",
                "INTERVAL:1.5",
                "COMMIT:1",
                "INTERVAL:3600001",
                "INTERVAL:99999999999"
            })
    void shouldRefuseWhatIsNone(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Durability.parse(text));
        assertTrue(refusal.getMessage().startsWith("durability="), refusal.getMessage());
    }

    @Test
    void shouldHaveAnIntervalWithTheLevelOfIntervalsOnly() {
        assertEquals(Durability.Level.INTERVAL, Durability.interval(10).level());
        assertEquals(10, Durability.interval(10).intervalMs());
        assertThrows(IllegalArgumentException.class, () -> new Durability(Durability.Level.NONE, 1));
        assertThrows(IllegalArgumentException.class, () -> new Durability(Durability.Level.INTERVAL, 0));
    }
}
