package io.tollgate.core.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.licence.DayCount;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.licence.LicenceAmendment;
import io.tollgate.api.licence.LicenceCounts;
import io.tollgate.api.licence.LicenceEvent;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicencePipeline;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.licence.NegativeStretch;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Licence events in an engine in mode KNOWLEDGE. */
class LicencePipelineTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long START = Instants.parse("2025-04-04T00:00Z");
    private static final long QUARTER = START + 90 * DAY_NS;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    private final Publisher publisher = engine.publisher();
    private final TestReader reader = new TestReader(engine.newReader());
    private final WindowReading reading = reader.newReading(Metric.MEDIAN, Metric.quantile(0.9));
    private final LicenceSeries series = LicenceSeries.define(engine, "licences.CN.rare-earths", START);
    private final LicencePipeline cases = LicencePipeline.ofCases(series, DayCount.calendarDays(ZoneOffset.UTC), 0, 0);

    private static long day(final long day) {
        return START + day * DAY_NS;
    }

    private void offer(final List<LicenceAmendment> amendments) {
        for (final LicenceAmendment amendment : amendments) {
            engine.awaitApplied(amendment.offerTo(publisher));
        }
    }

    private void take(final LicenceEventKind kind, final long reference, final long day) {
        offer(cases.take(LicenceEvent.of(kind, reference, day(day), QUARTER)));
    }

    private long level(final StepSeries levels, final long atNs) {
        final LevelReading level = reader.level(levels, atNs);
        return level.scaledValue();
    }

    private WindowReading sum(final Window window) {
        return reader.reader().window(window, Metric.SUM);
    }

    private double metric(final Series of, final Window window, final long atNs, final Metric metric) {
        reader.read(of, window, atNs, reading);
        return reading.value(metric);
    }

    /** 141 applications, 19 issues, 1 refusal and 1 withdrawal. */
    @Test
    void m13BacklogAndM12ApprovalRateByReportedCounts() {
        final LicencePipeline counts = LicencePipeline.ofCounts(series, 0, 0);
        offer(counts.opening());
        offer(counts.take(
                LicenceEvent.of(LicenceEventKind.RECEIVED, 1, day(30), QUARTER).withCount(141)));
        offer(counts.take(
                LicenceEvent.of(LicenceEventKind.ISSUED, 1, day(60), QUARTER).withCount(19)));
        offer(counts.take(LicenceEvent.of(LicenceEventKind.REFUSED, 1, day(60), QUARTER)));
        offer(counts.take(LicenceEvent.of(LicenceEventKind.WITHDRAWN, 1, day(70), QUARTER)));
        assertEquals(120, level(series.backlog(), QUARTER), "141 - 20 - 1");
        assertEquals(121, level(series.backlog(), day(69)), "141 - 19 - 1");
        assertEquals(141, level(series.backlog(), day(59)));
        assertEquals(0, level(series.backlog(), day(29)));
        assertEquals(19, level(series.inForce(), QUARTER));
        final LicenceCounts quarter = series.counts(sum(Window.sliding(Duration.ofDays(90))), QUARTER);
        assertEquals(new LicenceCounts(141, 19, 1, 0, 1, 0, 0), quarter);
        assertEquals(0.95, quarter.approvalRate(Denominator.DECIDED).value());
        assertEquals(19 / 141.0, quarter.approvalRate(Denominator.RECEIVED).value());
        assertEquals(121 * 3 / 20.0, quarter.monthsOfWork(121, 3));
        assertEquals(
                (141 * 30 + 121 * 10 + 120 * 20) / 90.0,
                metric(series.backlog(), Window.sliding(Duration.ofDays(90)), QUARTER, Metric.MEAN),
                "the average backlog, by time");
    }

    @Test
    void m14MedianAndNinetiethPercentileOfProcessingTimes() {
        offer(cases.opening());
        final long[] taken = {12, 15, 20, 45, 60};
        for (int i = 0; i < taken.length; i++) {
            take(LicenceEventKind.RECEIVED, i, i);
            take(i == 2 ? LicenceEventKind.REFUSED : LicenceEventKind.ISSUED, i, i + taken[i]);
        }
        final Window all = Window.since(START);
        assertEquals(20, metric(series.processing(), all, QUARTER, Metric.MEDIAN));
        assertEquals(54, metric(series.processing(), all, QUARTER, Metric.quantile(0.9)));
    }

    @Test
    void m14KaplanMeierOfCasesReceivedAndPending() {
        offer(cases.opening());
        final long[] closed = {10, 20, 40};
        for (int i = 0; i < closed.length; i++) {
            take(LicenceEventKind.RECEIVED, i, 0);
            take(LicenceEventKind.ISSUED, i, closed[i]);
        }
        take(LicenceEventKind.RECEIVED, 3, 0);
        take(LicenceEventKind.WITHDRAWN, 3, 30);
        take(LicenceEventKind.RECEIVED, 4, 0);
        assertEquals(OptionalLong.of(40), cases.survival(START, day(50)).median());
        assertEquals(0.3, cases.survival(START, day(50)).survival(40));
        assertEquals(2, cases.survival(START, day(39)).steps().size(), "the third was pending then");
        assertEquals(0, cases.survival(day(1), day(50)).steps().size(), "none came in from then on");
    }

    @Test
    void m15IssuedAgainstABaseline() {
        final LicencePipeline counts = LicencePipeline.ofCounts(series, 0, 0);
        offer(counts.opening());
        offer(counts.take(
                LicenceEvent.of(LicenceEventKind.ISSUED, 1, day(30), QUARTER).withCount(194)));
        final Metric ratio = Metric.ratioTo(Baseline.fixed("251.5"));
        final Metric score = Metric.poissonZ(Baseline.fixed("251.5"));
        final WindowReading declared = reader.newReading(ratio, score);
        reader.read(series.events(LicenceEventKind.ISSUED), Window.sliding(Duration.ofDays(90)), QUARTER, declared);
        assertEquals(194 / 251.5, declared.value(ratio));
        assertEquals(-3.63, declared.value(score), 0.005);
    }

    @Test
    void shouldReportWhichLicencesExpireWithinAMonth() {
        offer(cases.opening());
        for (int i = 0; i < 4; i++) {
            final LicenceEvent issued = LicenceEvent.of(LicenceEventKind.ISSUED, i, day(i), QUARTER);
            offer(cases.take(issued.withExpiry(day(100 + 20 * i))));
        }
        assertEquals(4, level(series.inForce(), QUARTER));
        assertEquals(2, series.expiringWithin(sum(Window.slidingNs(30 * DAY_NS)), QUARTER), "on days 100 and 120");
        take(LicenceEventKind.REVOKED, 1, 80);
        assertEquals(
                1, series.expiringWithin(sum(Window.slidingNs(30 * DAY_NS)), QUARTER), "a revoked one does not expire");
        assertEquals(3, level(series.inForce(), QUARTER));
        assertEquals(2, level(series.inForce(), day(100)));
        assertEquals(2, level(series.inForce(), day(139)));
        assertEquals(0, level(series.inForce(), day(160)));
        final LicenceCounts life = series.counts(sum(Window.since(START)), day(200));
        assertEquals(new LicenceCounts(0, 4, 0, 0, 0, 1, 3), life);
    }

    @Test
    void shouldExtendALicenceByIssuingItAgainWithAnotherEnd() {
        offer(cases.opening());
        final LicenceEvent issued = LicenceEvent.of(LicenceEventKind.ISSUED, 7, day(1), QUARTER);
        offer(cases.take(issued.withExpiry(day(100))));
        offer(cases.take(issued.withExpiry(day(280))));
        assertEquals(1, level(series.inForce(), day(100)));
        assertEquals(0, level(series.inForce(), day(280)));
        assertEquals(0, series.expiringWithin(sum(Window.slidingNs(30 * DAY_NS)), QUARTER));
        assertEquals(1, series.expiringWithin(sum(Window.slidingNs(200 * DAY_NS)), QUARTER));
        assertThrows(
                IllegalArgumentException.class,
                () -> series.expiringWithin(sum(Window.slidingNs(Long.MAX_VALUE)), QUARTER));
        requireRefused(
                "expected a sliding window closed RIGHT",
                () -> series.expiringWithin(sum(Window.since(START)), QUARTER));
    }

    @Test
    void shouldFlagABacklogBelowZeroUntilTheMissingEventsCome() {
        offer(cases.opening());
        take(LicenceEventKind.ISSUED, 5, 20);
        take(LicenceEventKind.ISSUED, 6, 30);
        take(LicenceEventKind.RECEIVED, 8, 40);
        assertEquals(-2, level(series.backlog(), day(30)));
        assertEquals(List.of(new NegativeStretch(day(20), Instants.NONE, -2)), cases.negativeBacklog());
        take(LicenceEventKind.RECEIVED, 5, 3);
        take(LicenceEventKind.RECEIVED, 6, 25);
        assertEquals(0, level(series.backlog(), day(30)));
        assertEquals(1, level(series.backlog(), day(19)));
        assertTrue(cases.negativeBacklog().isEmpty());
        assertEquals(17, metric(series.processing(), Window.since(START), day(25), Metric.LAST));
    }

    @Test
    void shouldTakeBackWhatNeverHappened() {
        offer(cases.opening());
        take(LicenceEventKind.RECEIVED, 1, 3);
        take(LicenceEventKind.REFUSED, 1, 9);
        final List<LicenceAmendment> amendments = cases.takeBack(LicenceEventKind.REFUSED, 1, QUARTER);
        assertEquals(3, amendments.size(), "the refusal, its processing time, and the level: " + amendments);
        assertTrue(amendments.stream().allMatch(a -> a.amendment().isWithdrawal()));
        offer(amendments);
        assertEquals(1, level(series.backlog(), day(50)));
        assertEquals(new LicenceCounts(1, 0, 0, 0, 0, 0, 0), series.counts(sum(Window.since(START)), QUARTER));
        assertTrue(engine.admin().statistics().refusedCounts().isEmpty());
    }

    /** The pipeline knows only the ends of two such licences, in the cases 1 to 4. */
    @Test
    void shouldEndLicencesThatWereInForceAtTheStart() {
        final LicencePipeline opened = LicencePipeline.ofCases(series, DayCount.calendarDays(ZoneOffset.UTC), 0, 2);
        offer(opened.opening());
        offer(opened.take(LicenceEvent.of(LicenceEventKind.REVOKED, 1, day(5), QUARTER)));
        offer(opened.take(LicenceEvent.of(LicenceEventKind.EXPIRED, 2, day(100), QUARTER)));
        final String refused = "EXPIRED reference=3 issued=no, expected an event ISSUED (take it first), or no"
                + " other event of the case and a licence in force at the start (0 left)";
        final LicenceEvent third = LicenceEvent.of(LicenceEventKind.EXPIRED, 3, day(7), QUARTER);
        requireRefused(refused, () -> opened.take(third));
        assertEquals(2, level(series.inForce(), day(4)));
        assertEquals(1, level(series.inForce(), day(5)));
        assertEquals(0, level(series.inForce(), day(100)));
        assertEquals(1, series.expiringWithin(sum(Window.slidingNs(30 * DAY_NS)), QUARTER));
        offer(opened.take(LicenceEvent.of(LicenceEventKind.EXPIRED, 2, day(120), QUARTER)));
        assertEquals(1, level(series.inForce(), day(119)));
        requireRefused(
                "EXPIRED reference=2 issued=no",
                () -> opened.take(LicenceEvent.of(LicenceEventKind.RECEIVED, 2, day(1), QUARTER)));
        offer(opened.takeBack(LicenceEventKind.REVOKED, 1, QUARTER));
        assertEquals(2, level(series.inForce(), day(119)), "neither has ended by then");
        offer(opened.take(third));
        final LicenceEvent fourth = LicenceEvent.of(LicenceEventKind.EXPIRED, 4, day(8), QUARTER);
        requireRefused(refused.replace('3', '4'), () -> opened.take(fourth));
        offer(opened.take(LicenceEvent.of(LicenceEventKind.ISSUED, 3, day(3), QUARTER)));
        assertEquals(3, level(series.inForce(), day(6)), "it was issued later");
        offer(opened.take(fourth));
        assertEquals(1, level(series.inForce(), day(8)));
        assertEquals(0, level(series.inForce(), day(120)));
        requireRefused(
                "EXPIRED reference=3 issued=no, expected", () -> opened.takeBack(LicenceEventKind.ISSUED, 3, QUARTER));
        assertEquals(List.of(), opened.negativeInForce());
        assertEquals(0, opened.asKnownAt(QUARTER).inForce(day(120)));
    }

    /** A pipeline that is given all events after a restart continues with later ones. */
    @Test
    void shouldContinueAfterItIsGivenAllEventsAgain() {
        offer(cases.opening());
        final LicenceEvent first =
                LicenceEvent.of(LicenceEventKind.ISSUED, 1, day(1), day(1)).withExpiry(day(30));
        offer(cases.take(first));
        final LicencePipeline again = LicencePipeline.ofCases(series, DayCount.calendarDays(ZoneOffset.UTC), 0, 0);
        again.take(first);
        offer(again.take(LicenceEvent.of(LicenceEventKind.ISSUED, 2, day(11), day(11))));
        assertEquals(2, level(series.inForce(), day(11)));
        assertEquals(1, level(series.inForce(), day(30)));
        assertEquals(1, level(series.inForce(), day(31)));
    }

    @Test
    void shouldSayWhatDoesNotGoTogether() {
        take(LicenceEventKind.RECEIVED, 1, 10);
        take(LicenceEventKind.ISSUED, 1, 12);
        requireRefused(
                "expected one event by which a case is closed: take the other event back first",
                () -> take(LicenceEventKind.REFUSED, 1, 13));
        requireRefused("ISSUED reference=2 at=2025-04-05T00:00:00Z, expected an instant not before RECEIVED", () -> {
            take(LicenceEventKind.RECEIVED, 2, 3);
            take(LicenceEventKind.ISSUED, 2, 1);
        });
        requireRefused(
                "REVOKED reference=3 issued=no, expected an event ISSUED", () -> take(LicenceEventKind.REVOKED, 3, 13));
        requireRefused(
                "EXPIRED reference=1 at=2025-04-16T00:00:00Z, expected an instant after ISSUED",
                () -> take(LicenceEventKind.EXPIRED, 1, 12));
        requireRefused(
                "RETURNED reference=9, expected an event that was taken",
                () -> cases.takeBack(LicenceEventKind.RETURNED, 9, QUARTER));
        requireRefused(
                "instantNs=9223372036854775807, expected",
                () -> cases.takeBack(LicenceEventKind.RECEIVED, 2, Long.MAX_VALUE));
        requireRefused(
                "expected a knowledge time not before that of the last event",
                () -> cases.take(LicenceEvent.of(LicenceEventKind.RECEIVED, 4, day(1), day(2))));
        requireRefused(
                "expected an instant not before the start=2025-04-04T00:00:00Z",
                () -> take(LicenceEventKind.RECEIVED, 4, -1));
        requireRefused(
                "RECEIVED reference=5 count=2, expected count=1: each case has its own reference",
                () -> cases.take(LicenceEvent.of(LicenceEventKind.RECEIVED, 5, day(1), QUARTER)
                        .withCount(2)));
        requireRefused(
                "expected an expiry of an event ISSUED, after its instant",
                () -> LicenceEvent.of(LicenceEventKind.ISSUED, 5, day(5), QUARTER)
                        .withExpiry(day(5)));
        requireRefused("openingBacklog=-1, expected 0 to", () -> LicencePipeline.ofCounts(series, -1, 0));
        requireRefused(
                "pipeline=counts, expected a pipeline of cases",
                () -> LicencePipeline.ofCounts(series, 0, 0).survival(START, QUARTER));
        assertEquals(1, cases.backlog(QUARTER), "case 2 is pending, and no other event was taken");
        assertFalse(cases.negativeBacklog().iterator().hasNext());
    }

    private static void requireRefused(final String reason, final Runnable act) {
        Refusals.require(RuntimeException.class, act::run, reason);
    }
}
