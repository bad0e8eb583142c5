package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.SeriesStore;
import java.util.ArrayList;
import java.util.List;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;

class DefinedSeriesTest {
    @Test
    void shouldGiveAKeyAgainThatWasNotTaken() {
        try (SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked)) {
            final DefinedSeries series = new LevelSource(store).newDefinedSeries();
            for (final String key : List.of("a", "b", "c")) {
                store.addSeries(key, (byte) 1, 0, "COUNT", Long.MIN_VALUE);
                store.nameSeries();
            }
            final List<String> keys = new ArrayList<>();
            assertThrows(
                    IllegalStateException.class,
                    () -> series.takeNew(key -> {
                        assertEquals(keys.size(), series.find(key));
                        if (key.equals("b")) {
                            throw new IllegalStateException("b is not taken");
                        }
                        keys.add(key);
                    }));
            assertEquals(List.of("a"), keys);
            assertEquals(DefinedSeries.ABSENT, series.find("b"));
            assertTrue(series.hasNew());

            series.takeNew(keys::add);
            assertEquals(List.of("a", "b", "c"), keys);
            assertEquals(2, series.find("c"));
            assertFalse(series.hasNew());
        }
    }
}
