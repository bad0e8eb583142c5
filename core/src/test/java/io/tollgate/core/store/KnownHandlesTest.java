package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KnownHandlesTest {
    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024);

    private final OpenStores open = new OpenStores();
    private final KnownHandles handles = new KnownHandles(store, open);

    private void add(final String key) {
        store.addSeries(key, SeriesKind.STEP.code(), 2, "PERCENT", 0);
        store.nameSeries();
    }

    private static StepSeries step(final String key, final long number) {
        return new StepSeries(number, SeriesDefinition.step(key, Unit.PERCENT, 2));
    }

    @Test
    void shouldTellSeriesByNumberKeyKindUnitAndScale() {
        add("a");
        add("b");
        for (int i = 0; i < 2; i++) {
            assertTrue(handles.has(step("a", 0)));
            assertTrue(handles.has(step("b", 1)));
            assertFalse(handles.has(step("b", 0)), "another key");
            assertFalse(handles.has(new FlowSeries(0, SeriesDefinition.flow("a", Unit.COUNT, 0))), "another kind");
            assertFalse(handles.has(new StepSeries(0, SeriesDefinition.step("a", Unit.PERCENT, 6))), "another scale");
            assertFalse(handles.has(new StepSeries(0, SeriesDefinition.step("a", Unit.FRACTION, 2))), "another unit");
            assertFalse(handles.has(step("c", 2)), "none of that number");
            assertFalse(handles.has(step("c", Long.MAX_VALUE)), "a number far off");
            assertFalse(handles.has(step("c", -1)), "no number");
        }
        handles.requireKnown(step("b", 1));
        assertThrows(IllegalArgumentException.class, () -> handles.requireKnown(step("c", 1)));
    }

    @Test
    void shouldTellKeysOfTheSameHashApart() {
        add("Aa");
        assertEquals("Aa".hashCode(), "BB".hashCode());
        assertFalse(handles.has(step("BB", 0)));
        assertTrue(handles.has(step("Aa", 0)));
        assertFalse(handles.has(step("BB", 0)));
    }

    @Test
    void shouldFindWhatWasDefinedSince() {
        assertFalse(handles.has(step("a", 0)));
        add("a");
        assertTrue(handles.has(step("a", 0)));
    }

    @Test
    void shouldReadNothingThatGoesWithAStore() {
        add("a");
        add("b");
        assertTrue(handles.has(step("a", 0)));
        open.close();
        store.close();
        assertTrue(handles.has(step("a", 0)), "as it was found");
        assertFalse(handles.has(step("b", 1)), "looked for in a store that is closed");
        handles.requireKnown(step("a", 0));
        final String refusal = assertThrows(IllegalStateException.class, () -> handles.requireKnown(step("b", 1)))
                .getMessage();
        assertTrue(refusal.contains("closed"), refusal);
    }
}
