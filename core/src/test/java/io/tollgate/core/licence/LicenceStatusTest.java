package io.tollgate.core.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.licence.LicenceCounts;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pipeline that knows events from an instant on, and counts over windows that begin before it or end at it. */
class LicenceStatusTest {
    private static final long START = 1_000;
    private static final Window WINDOW = Window.slidingNs(500);

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final WindowReading reading = engine.newReader().window(WINDOW, Metric.SUM);
    private final WindowReading ahead = engine.newReader().window(Window.slidingNs(100), Metric.SUM);
    private final LicenceSeries series = LicenceSeries.define(engine, "licences", START);

    @BeforeEach
    void publish() {
        offer(LicenceEventKind.ISSUED, START + 5, 3);
        offer(LicenceEventKind.REFUSED, START + 6, 1);
    }

    private void offer(final LicenceEventKind kind, final long atNs, final long count) {
        engine.awaitApplied(engine.publisher().offer(series.events(kind), atNs, count));
    }

    private LicenceCounts counts(final long atNs) {
        return series.counts(reading, atNs);
    }

    /** Requires the same status from each way to the counts. */
    private void requireWorth(final Status expected, final long atNs) {
        assertEquals(expected, counts(atNs).status());
        assertEquals(expected, counts(atNs).approvalRate(Denominator.DECIDED).status());
        reading.read(series.events(LicenceEventKind.ISSUED), atNs);
        assertEquals(expected, reading.status(Metric.SUM), "as the sum of the series");
    }

    @Test
    void shouldBePartialIfTheWindowBeginsBeforeThePipeline() {
        requireWorth(Status.PARTIAL, START + 10);
        assertEquals(new LicenceCounts(0, 3, 1, 0, 0, 0, 0, Status.PARTIAL), counts(START + 10));
        assertEquals(0.75, counts(START + 10).approvalRate(Denominator.DECIDED).value());
    }

    @Test
    void shouldBeOkIfThePipelineCoversTheWholeWindow() {
        requireWorth(Status.OK, START + 500);
        assertEquals(new LicenceCounts(0, 3, 1, 0, 0, 0, 0), counts(START + 500));
        assertEquals(new LicenceCounts(0, 0, 0, 0, 0, 0, 0), counts(START + 5_000), "none, and that is known");
    }

    @Test
    void shouldBeEmptyBeforeThePipelineBegins() {
        requireWorth(Status.EMPTY, START - 1);
        assertEquals(new LicenceCounts(0, 0, 0, 0, 0, 0, 0, Status.EMPTY), counts(START - 1));
    }

    @Test
    void shouldSayWhatTheNumberOfThoseThatExpireIsWorth() {
        assertEquals(0, series.expiringWithin(ahead, START));
        assertEquals(Status.OK, ahead.status(Metric.SUM), "none ends, and that is known");
        assertEquals(0, series.expiringWithin(ahead, START - 500));
        assertEquals(Status.EMPTY, ahead.status(Metric.SUM));
    }

    @Test
    void shouldBePartialIfOneKindIsNoLongerCoveredAndEmptyIfNoneIs() {
        final long end = START + 2_000;
        final long after = end + 1_000;
        engine.series().close(series.events(LicenceEventKind.RECEIVED), LifeEnd.at(end));
        assertEquals(Status.PARTIAL, counts(after).status());
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            final FlowSeries events = series.events(kind);
            if (kind != LicenceEventKind.RECEIVED) {
                engine.series().close(events, LifeEnd.at(end));
            }
        }
        assertEquals(Status.EMPTY, counts(after).status());
        assertTrue(counts(end).status().hasValue());
    }
}
