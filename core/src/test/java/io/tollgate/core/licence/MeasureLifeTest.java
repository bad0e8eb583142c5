package io.tollgate.core.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Amendment;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.measure.LegalCalendar;
import io.tollgate.api.measure.Measure;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The truce of 2025 with both extensions, act by act, in an engine in mode KNOWLEDGE. */
class MeasureLifeTest {
    private static final LegalCalendar US = LegalCalendar.UNITED_STATES;
    private static final long START = day("2025-01-01");
    private static final long TRUCE = day("2025-05-14");
    private static final long FIRST_END = US.plus(TRUCE, Period.ofDays(90));
    private static final long SECOND_END = US.plus(FIRST_END, Period.ofDays(90));
    private static final long THIRD_END = US.plus(SECOND_END, Period.ofYears(1));

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    private final Publisher publisher = engine.publisher();
    private final StepSeries rate =
            engine.defineStep(SeriesDefinition.step("tariff.US.CN.reciprocal", Unit.PERCENT, 2));
    private final TestReader reader = new TestReader(engine.newReader());
    private final LevelReading level = reader.newLevelReading();
    private final PendingReading pending = reader.newPendingReading(4);

    private Measure measure = Measure.since(START);

    MeasureLifeTest() {
        offer(measure);
        act(measure.impose(day("2025-04-02"), day("2025-04-05"), rate.scaled("10")));
        act(measure.change(day("2025-04-02"), day("2025-04-09"), rate.scaled("34")));
        act(measure.change(day("2025-04-08"), day("2025-04-09"), rate.scaled("84")));
        act(measure.change(day("2025-04-09"), day("2025-04-10"), rate.scaled("125")));
        act(measure.change(day("2025-05-12"), TRUCE, rate.scaled("34")));
        act(measure.suspend(day("2025-05-12"), TRUCE, FIRST_END, rate.scaled("24")));
    }

    private static long day(final String date) {
        return US.effective(LocalDate.parse(date));
    }

    private void act(final Measure next) {
        measure = next;
        offer(measure);
    }

    private void offer(final Measure acted) {
        for (final Amendment change : acted.latestAmendments()) {
            engine.awaitApplied(change.offerTo(publisher, rate));
        }
    }

    private LevelReading at(final long atNs) {
        reader.readLevel(rate, atNs, level);
        return level;
    }

    @Test
    void m21CountdownRateOnLapseAndShareElapsed() {
        final long july = Instants.parse("2025-07-01T00:00Z");
        assertEquals(10, at(july).value());
        assertEquals("2025-08-12T04:01:00Z", Instants.format(level.nextChangeAtNs()));
        assertEquals(Duration.ofDays(42).plusHours(4).plusMinutes(1), Duration.ofNanos(level.countdownNs()));
        assertEquals(34, level.nextValue(), "rate on lapse");
        assertEquals(24, level.pendingChange(), "pp");
        assertEquals((47 * 1440 + 19 * 60 + 59) / (90 * 1440.0), level.shareElapsed(), "of the truce");

        act(measure.extend(day("2025-08-11"), SECOND_END));
        assertEquals(
                "2025-11-10T05:01:00Z", Instants.format(at(day("2025-08-12")).nextChangeAtNs()));
        assertEquals(10, level.value(), "no revival at the old end");
        assertEquals(Duration.ofDays(90).plusHours(1), Duration.ofNanos(level.countdownNs()), "the clock went back");
        act(measure.extend(day("2025-11-04"), THIRD_END));
        assertEquals("2026-11-10T05:01:00Z", Instants.format(at(SECOND_END).nextChangeAtNs()));
        assertEquals(10, level.value());
        assertEquals(34, at(THIRD_END).value());
    }

    @Test
    void m21CountdownAsKnownWhenItWasAsked() {
        act(measure.extend(day("2025-08-11"), SECOND_END));
        act(measure.extend(day("2025-11-04"), THIRD_END));
        act(measure.voidFrom(day("2026-02-20"), day("2026-02-20")));
        final long july = Instants.parse("2025-07-01T00:00Z");
        reader.readLevel(rate, july, july, level);
        assertEquals(Duration.ofDays(42).plusHours(4).plusMinutes(1), Duration.ofNanos(level.countdownNs()));
        assertEquals(34, level.nextValue());
        reader.readLevel(rate, july, day("2025-08-11"), level);
        assertEquals("2025-11-10T05:01:00Z", Instants.format(level.nextChangeAtNs()));
        reader.readLevel(rate, july, day("2025-11-04"), level);
        assertEquals("2026-11-10T05:01:00Z", Instants.format(level.nextChangeAtNs()));
        reader.readLevel(rate, july, level);
        assertEquals("2026-02-20T05:01:00Z", Instants.format(level.nextChangeAtNs()), "as it turned out");
        reader.readPending(rate, july, july, pending);
        assertEquals(24, pending.pipeline(), "pp, as known in July");
        reader.readPending(rate, july, pending);
        assertEquals(-10, pending.pipeline(), "void");
    }

    /** The series answer like the measure at each instant, as known at each instant. */
    @Test
    void shouldAnswerForTheMeasureAsKnownAtAnyTime() {
        act(measure.extend(day("2025-08-11"), SECOND_END));
        act(measure.change(day("2025-09-01"), day("2025-04-10"), rate.scaled("120")));
        act(measure.extend(day("2025-11-04"), THIRD_END));
        act(measure.voidFrom(day("2026-02-20"), day("2025-12-01")));
        for (long knownNs = START;
                knownNs < day("2026-03-01");
                knownNs += Duration.ofDays(1).toNanos()) {
            final Measure known = measure.asKnownAt(knownNs);
            for (long atNs = START;
                    atNs < day("2026-12-01");
                    atNs += Duration.ofDays(9).toNanos()) {
                reader.readLevel(rate, atNs, knownNs, level);
                assertEquals(known.inForce(atNs), level.scaledValue(), "at " + atNs + " known at " + knownNs);
                assertEquals(known.next(atNs).map(next -> next.fromNs()).orElse(Instants.NONE), level.nextChangeAtNs());
            }
        }
    }

    @Test
    void m24AnnouncementLagAndPipeline() {
        assertEquals(Duration.ofDays(3), Duration.ofNanos(at(day("2025-04-05")).announcementLagNs()));
        assertEquals(Duration.ofDays(2), Duration.ofNanos(at(TRUCE).announcementLagNs()));
        reader.readPending(rate, TRUCE, pending);
        assertEquals(1, pending.count());
        assertEquals(24, pending.pipeline(), "pp to come");
        assertEquals(Duration.ofDays(92), Duration.ofNanos(pending.announcementLagNs(0)));
        reader.readPending(rate, day("2025-04-04"), pending);
        assertEquals(34, pending.pipeline(), "from 0 on 4 April to the last level of all, 34");
        assertEquals(Status.PARTIAL, pending.status(), "five are pending, and it holds four");
        assertEquals(5, pending.count());
        assertEquals(115, -pending.change(3), "125 to 10");
    }

    @Test
    void shouldHaveNothingPendingOnceItIsVoid() {
        act(measure.extend(day("2025-08-11"), SECOND_END));
        act(measure.voidFrom(day("2026-02-20"), day("2025-11-10")));
        assertEquals(0, at(day("2026-02-21")).value());
        assertEquals(Instants.NONE, level.nextChangeAtNs());
        assertEquals(Instants.NONE, level.countdownNs());
        assertTrue(Double.isNaN(level.pendingChange()));
        assertTrue(level.announcementLagNs() < 0, "back in time");
        reader.readPending(rate, day("2026-02-21"), pending);
        assertEquals(Status.EMPTY, pending.status());
        assertEquals(0, pending.pipeline());
    }

    @Test
    void shouldAverageRatesInForceAndNotAnnouncedOnes() {
        final WindowReading window =
                reader.window(rate, Window.sliding(Duration.ofDays(30)), US.plus(TRUCE, Period.ofDays(30)));
        assertEquals(10, window.value(Metric.MEAN));
        assertEquals(0, window.value(Metric.SD));
    }

    @Test
    void shouldRefuseASeriesThatDoesNotRevise() {
        final StepSeries first = engine.defineStep(
                SeriesDefinition.step("first", Unit.PERCENT, 2).withDuplicates(DuplicatePolicy.KEEP_FIRST));
        final Amendment change = measure.amendments().get(0);
        assertEquals(
                "series=first duplicates=KEEP_FIRST, expected REVISE: later changes revise earlier ones",
                assertThrows(IllegalArgumentException.class, () -> change.offerTo(publisher, first))
                        .getMessage());
    }

    @Test
    void shouldRefuseAPendingReadingOfNoOrTooManyPoints() {
        assertEquals(
                "maxPoints=0, expected 1 to 1048576",
                assertThrows(IllegalArgumentException.class, () -> reader.newPendingReading(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> reader.newPendingReading((1 << 20) + 1));
        assertThrows(IndexOutOfBoundsException.class, () -> pending.value(0), "it holds none yet");
    }
}
