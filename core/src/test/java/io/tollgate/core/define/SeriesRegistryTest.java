package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.store.SeriesStore;
import java.util.Optional;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;

class SeriesRegistryTest {
    /** A handler may look up a series while it is being defined. */
    @Test
    void shouldFindNoSeriesByItsNumberBeforeItHasItsKey() {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final SeriesRegistry registry = new SeriesRegistry(store, null, 1, () -> {});
            assertTrue(registry.find(0).isEmpty());
            store.addSeries("rate", SeriesKind.STEP.code(), 2, "PERCENT", Long.MIN_VALUE)
                    .policies((byte) 0, (byte) 0, 0, 0);
            assertTrue(registry.find(0).isEmpty());
            assertTrue(registry.find("rate").isEmpty());
            store.nameSeries();
            final Optional<Series> found = registry.find(0);
            assertEquals("rate", found.orElseThrow().key());
            assertEquals(found, registry.find("rate"));
            for (final long none : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertTrue(registry.find(none).isEmpty());
            }
        }
    }
}
