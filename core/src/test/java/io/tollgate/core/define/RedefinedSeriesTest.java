package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A conflicting second definition is refused. The message names only the differences. */
class RedefinedSeriesTest {
    private static final SeriesDefinition STEP = SeriesDefinition.step("rate", Unit.PERCENT, 2);
    private static final SeriesDefinition FLOW = SeriesDefinition.flow("granted", Unit.COUNT, 0);

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped());

    private void assertRefused(final String found, final String wanted, final SeriesDefinition definition) {
        final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> define(definition));
        assertEquals(
                "series=" + definition.key() + " is defined with " + found + ", expected " + wanted
                        + " as asked for; give the same definition but for its windows, or define another key",
                refused.getMessage());
    }

    private void define(final SeriesDefinition definition) {
        if (definition.kind() == SeriesKind.STEP) {
            engine.defineStep(definition);
        } else {
            engine.defineFlow(definition);
        }
    }

    @Test
    void shouldNameTheDifferencesOnly() {
        define(STEP);
        define(FLOW.withLifeStart(5));
        define(STEP.withWindows(Window.slidingNs(7)));
        assertRefused("scale=2", "scale=4", SeriesDefinition.step("rate", Unit.PERCENT, 4));
        assertRefused("unit=PERCENT", "unit=FRACTION", SeriesDefinition.step("rate", Unit.FRACTION, 2));
        assertRefused("heartbeatNs=0", "heartbeatNs=9", STEP.withHeartbeat(Duration.ofNanos(9)));
        assertRefused(
                "scale=2 duplicates=REVISE",
                "scale=3 duplicates=REJECT",
                SeriesDefinition.step("rate", Unit.PERCENT, 3).withDuplicates(DuplicatePolicy.REJECT));
        assertRefused(
                "kind=STEP duplicates=REVISE",
                "kind=FLOW duplicates=ALL",
                SeriesDefinition.flow("rate", Unit.PERCENT, 2));
        assertRefused("lifeStartNs=5", "lifeStartNs=none", FLOW);
        final ReportingPeriod month = ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC);
        assertRefused("period=none", "period=" + month, FLOW.withLifeStart(5).withPeriod(month));
    }

    /** The test compares each part of a definition except its key, its windows and its shapes. */
    @Test
    void shouldCompareAllParts() throws NoSuchFieldException {
        assertEquals(4, SeriesPolicies.class.getRecordComponents().length);
        final Class<?> terms = SeriesDefinition.class.getDeclaredField("terms").getType();
        assertEquals(6, terms.getRecordComponents().length);
    }
}
