package io.tollgate.core.panel;

import static io.tollgate.core.fixture.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Event studies: the worked example by name, an oracle of plain formulas, and the data that a study must not use. */
final class EventStudyTest {
    private static final double[] MARKET = {.01, -.01, .02, 0, -.02, .01, -.01, -.03, .005};
    private static final double[] SUBJECT = {.018, -.012, .031, .002, -.027, .012, -.020, -.075, .004};

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final PanelReader reader = engine.newPanelReader();

    @Test
    @DisplayName("M17 event study of MacKinlay")
    void shouldStudyTheExampleOfMacKinlay() {
        final EventStudy study = EventStudy.ofMarket(
                        series("m", MARKET), List.of(series("r", SUBJECT)), List.of(7L), calendar(9), 6)
                .withReturns(EventStudy.Returns.LEVEL)
                .withWindow(0, 0, 2);
        final EventStudyReading reading = read(study);
        assertValue(1.4215385, 5e-8, reading, EventMetric.BETA);
        assertValue(.00163077, 5e-9, reading, EventMetric.ALPHA);
        assertValue(.00228204, 5e-9, reading, EventMetric.SIGMA);
        assertValue(-.0461385, 5e-8, reading, EventMetric.CAR);
        assertValue(-11.6729, 5e-5, reading, EventMetric.T_SIMPLE);
        assertValue(-8.2699, 5e-5, reading, EventMetric.T_EXACT);
        assertEquals(-.0074154, reading.abnormal(0, 0, 0), 5e-8);
        assertEquals(-.0339846, reading.abnormal(0, 0, 1), 5e-8);
        assertEquals(-.0047385, reading.abnormal(0, 0, 2), 5e-8);
        assertEquals(6, reading.estimationCount(0, 0));
        assertEquals(7, reading.eventAtNs(0));
        assertEquals(-.0461385, reading.value(StudyMetric.MEAN_CAR), 5e-8);
        assertEquals(Status.INSUFFICIENT, reading.status(StudyMetric.T_CROSS));
    }

    private static void assertValue(
            final double expected, final double error, final EventStudyReading reading, final EventMetric metric) {
        assertEquals(Status.OK, reading.status(0, 0, metric));
        assertEquals(expected, reading.value(0, 0, metric), error);
    }

    @Test
    void shouldAdjustByTheMean() {
        final EventStudy study = EventStudy.ofMean(List.of(series("r", 1, 2, 3, 10, 11)), List.of(4L), calendar(5), 3)
                .withReturns(EventStudy.Returns.LEVEL)
                .withWindow(0, 0, 1);
        final EventStudyReading reading = read(study);
        assertValue(2, 0, reading, EventMetric.ALPHA);
        assertValue(0, 0, reading, EventMetric.BETA);
        assertValue(1, 0, reading, EventMetric.SIGMA);
        assertValue(17, 0, reading, EventMetric.CAR);
        assertValue(17 / Math.sqrt(2), 1e-15, reading, EventMetric.T_SIMPLE);
        assertValue(17 / Math.sqrt(2 + 4 / 3.0), 2e-15, reading, EventMetric.T_EXACT);
    }

    /** An event outside the calendar counts at the next instant. After the last instant it does not count. */
    @Test
    void shouldMoveAnEventToTheNextInstantOfTheCalendar() {
        final StepSeries r = series("r", 1, 2, 3, 10, 11);
        final List<Long> calendar = List.of(10L, 20L, 30L, 40L, 50L);
        offerAt(r, new long[] {10, 20, 30, 40, 50}, 1, 2, 3, 10, 11);
        final EventStudyReading reading =
                read(EventStudy.ofMean(List.of(r), List.of(31L, 40L, 41L, 51L, 30L, 20L), calendar, 3)
                        .withReturns(EventStudy.Returns.LEVEL));
        assertEquals(40, reading.eventAtNs(0));
        assertEquals(8, reading.value(0, 0, EventMetric.CAR));
        assertEquals(8, reading.value(1, 0, EventMetric.CAR));
        assertEquals(50, reading.eventAtNs(2));
        assertEquals(6, reading.value(2, 0, EventMetric.CAR));
        assertEquals(Instants.NONE, reading.eventAtNs(3));
        assertEquals(Status.INSUFFICIENT, reading.status(3, 0, EventMetric.CAR));
        assertEquals(Status.PARTIAL, reading.status(4, 0, EventMetric.CAR));
        assertEquals(1.5, reading.value(4, 0, EventMetric.CAR));
        assertEquals(Status.INSUFFICIENT, reading.status(5, 0, EventMetric.CAR));
        assertEquals(Status.PARTIAL, reading.status(StudyMetric.MEAN_CAR));
        assertEquals((8 + 8 + 6 + 1.5) / 4, reading.value(StudyMetric.MEAN_CAR));
    }

    @Test
    void shouldSayIfThereIsNoModel() {
        final StepSeries flat = series("flat", 3, 3, 3, 3, 3);
        final StepSeries r = series("r", 1, 2, 4, 10, 11);
        final EventStudyReading still = read(EventStudy.ofMarket(flat, List.of(r), List.of(4L), calendar(5), 3)
                .withReturns(EventStudy.Returns.LEVEL));
        assertEquals(Status.INSUFFICIENT, still.status(0, 0, EventMetric.BETA));
        assertEquals(Status.EMPTY, still.status(StudyMetric.RANK));
        final EventStudyReading exact = read(
                EventStudy.ofMean(List.of(flat), List.of(4L), calendar(5), 3).withReturns(EventStudy.Returns.LEVEL));
        assertEquals(Status.OK, exact.status(0, 0, EventMetric.CAR));
        assertEquals(Status.UNDEFINED, exact.status(0, 0, EventMetric.T_SIMPLE));
        assertEquals(Status.UNDEFINED, exact.status(StudyMetric.RANK));
        final EventStudyReading few = read(EventStudy.ofMarket(r, List.of(flat), List.of(4L), calendar(5), 2)
                .withReturns(EventStudy.Returns.LEVEL));
        assertEquals(Status.INSUFFICIENT, few.status(0, 0, EventMetric.CAR));
        engine.awaitApplied(engine.publisher().offerUnknown(r, 4));
        final EventStudyReading missing =
                read(EventStudy.ofMean(List.of(r), List.of(4L), calendar(5), 3).withReturns(EventStudy.Returns.LEVEL));
        assertEquals(Status.INSUFFICIENT, missing.status(0, 0, EventMetric.CAR));
        assertEquals(Double.NaN, missing.abnormal(0, 0, 0));
    }

    /** The mean of equal returns is that return, although 0.1 + 0.1 + 0.1 is not 0.3. */
    @Test
    void shouldDetectConstantReturnsAlthoughSumsAreRounded() {
        final StepSeries flat = series("flat", .1, .1, .1, .5, .1);
        final StepSeries r = series("r", 1, 2, 4, 10, 11);
        final EventStudyReading still = read(EventStudy.ofMarket(flat, List.of(r), List.of(4L), calendar(5), 3)
                .withReturns(EventStudy.Returns.LEVEL));
        assertEquals(Status.INSUFFICIENT, still.status(0, 0, EventMetric.BETA));
        final EventStudyReading exact = read(
                EventStudy.ofMean(List.of(flat), List.of(4L), calendar(5), 3).withReturns(EventStudy.Returns.LEVEL));
        assertValue(.1, 0, exact, EventMetric.ALPHA);
        assertValue(0, 0, exact, EventMetric.SIGMA);
        assertValue(.4, 0, exact, EventMetric.CAR);
        assertEquals(Status.UNDEFINED, exact.status(0, 0, EventMetric.T_SIMPLE));
        assertEquals(Status.UNDEFINED, exact.status(0, 0, EventMetric.T_EXACT));
        final EventStudyReading explained = read(EventStudy.ofMarket(r, List.of(flat), List.of(4L), calendar(5), 3)
                .withReturns(EventStudy.Returns.LEVEL));
        assertValue(0, 0, explained, EventMetric.BETA);
        assertEquals(Status.UNDEFINED, explained.status(0, 0, EventMetric.T_EXACT));
    }

    /** All pairs are equal, so their spread is unknown. */
    @Test
    void shouldDetectThatAllEffectsAreTheSame() {
        final List<StepSeries> subjects =
                Stream.of("a", "b", "c").map(key -> series(key, 0, 0, 0, .1, 0)).toList();
        final EventStudyReading reading =
                read(EventStudy.ofMean(subjects, List.of(4L), calendar(5), 3).withReturns(EventStudy.Returns.LEVEL));
        assertEquals(.1, reading.value(StudyMetric.MEAN_CAR));
        assertEquals(Status.UNDEFINED, reading.status(StudyMetric.T_CROSS));
    }

    /** Returns from levels: 100, 110, 99 give +10% and -10%, and logarithms of 1.1 and 0.9. */
    @Test
    void shouldTakeReturnsFromLevels() {
        final StepSeries r = series("r", 100, 110, 99, 99);
        final EventStudy study = EventStudy.ofMean(List.of(r), List.of(4L), calendar(4), 2);
        assertEquals(-Math.log(.99) / 2, read(study).value(0, 0, EventMetric.CAR), 1e-15);
        assertEquals(0, read(study.withReturns(EventStudy.Returns.RELATIVE)).value(0, 0, EventMetric.CAR), 1e-16);
        assertEquals(
                .1,
                read(study.withReturns(EventStudy.Returns.RELATIVE)).value(0, 0, EventMetric.SIGMA) / Math.sqrt(2),
                1e-16);
    }

    /** A revision after the event does not change a study as known at the event. */
    @Test
    void shouldNeverLookAhead() {
        final StepSeries r = engine.defineStep(SeriesDefinition.step("r", Unit.COUNT, 0));
        final long[] times = {1, 2, 3, 4, 5, 6};
        final long[] values = {1, 2, 3, 10, 11, 12};
        for (int i = 0; i < times.length; i++) {
            offer(r, times[i], values[i], times[i]);
        }
        final EventStudy study = EventStudy.ofMean(List.of(r), List.of(4L), calendar(6), 3)
                .withReturns(EventStudy.Returns.LEVEL)
                .withWindow(0, 0, 2);
        final double before = read(study.asKnown()).value(0, 0, EventMetric.CAR);
        assertEquals(27, before);
        offer(r, 2, 200, 7);
        offer(r, 5, 500, 7);
        assertEquals(27, read(study.asKnown()).value(0, 0, EventMetric.CAR));
        assertEquals(10 + 500 + 12 - 3 * 68, read(study).value(0, 0, EventMetric.CAR));
        assertEquals(27, reader.asOf(6).study(study).read().value(0, 0, EventMetric.CAR));
        assertEquals(26, reader.asOf(5).study(study).read().value(0, 0, EventMetric.CAR));
    }

    /** Many series and events with some missing returns, compared with plain formulas. */
    @Test
    void shouldAgreeWithPlainFormulas() {
        final Random random = new Random(20_261_125);
        for (int round = 0; round < 30; round++) {
            final int length = 40;
            // Residuals of the market model that are equal except for rounding would be ties in only one of the two.
            final boolean isMarket = random.nextBoolean();
            final double[][] returns = new double[4][length];
            final List<StepSeries> all = new ArrayList<>();
            for (int i = 0; i < returns.length; i++) {
                for (int k = 0; k < length; k++) {
                    returns[i][k] = random.nextInt(12) == 0 && i > 0
                            ? Double.NaN
                            : isMarket ? random.nextInt(200_001) / 1e3 : random.nextInt(21);
                }
                all.add(series("s" + round + '.' + i, returns[i]));
            }
            final int estimation = 4 + random.nextInt(12);
            final int gap = random.nextInt(3);
            final int before = random.nextInt(2);
            final int after = random.nextInt(3);
            final List<Long> events = random.longs(5, 1, length + 1).boxed().toList();
            final EventStudy study = new EventStudy(
                    all.subList(1, 4),
                    events,
                    calendar(length),
                    isMarket ? Optional.of(all.get(0)) : Optional.empty(),
                    EventStudy.Returns.LEVEL,
                    estimation,
                    gap,
                    before,
                    after,
                    false);
            final EventStudyReading reading = read(study);
            final StudyOracle oracle = new StudyOracle(estimation, before + 1 + after, isMarket);
            for (int e = 0; e < events.size(); e++) {
                final int place = (int) (events.get(e) - 1);
                for (int i = 1; i < returns.length; i++) {
                    final StudyOracle.Fit fit =
                            oracle.fit(returns[i], returns[0], place - before - gap - estimation, place - before);
                    final String message = "round=" + round + " event=" + e + " series=" + i;
                    assertEquals(
                            fit == null,
                            !reading.status(e, i - 1, EventMetric.CAR).hasValue(),
                            message);
                    if (fit != null) {
                        assertEquals(fit.car(), reading.value(e, i - 1, EventMetric.CAR), 1e-9, message);
                        assertEquals(fit.simple(), reading.value(e, i - 1, EventMetric.T_SIMPLE), 1e-9, message);
                        assertEquals(fit.exact(), reading.value(e, i - 1, EventMetric.T_EXACT), 1e-9, message);
                    }
                }
            }
            assertEquals(oracle.rank(), reading.value(StudyMetric.RANK), 1e-9, "round=" + round);
            assertEquals(oracle.cross(), reading.value(StudyMetric.T_CROSS), 1e-9, "round=" + round);
        }
    }

    @Test
    void shouldRefuseACalendarOutOfOrder() {
        final StepSeries r = series("r", 1);
        assertRefused(
                "expected increasing instants", () -> EventStudy.ofMean(List.of(r), List.of(1L), List.of(2L, 2L), 1));
        assertRefused(
                "subjects=65536 events=65536, expected at most 16777216 pairs",
                () -> EventStudy.ofMean(Collections.nCopies(1 << 16, r), calendar(1 << 16), calendar(2), 1));
        assertRefused("events=0", () -> EventStudy.ofMean(List.of(r), List.of(), calendar(2), 1));
        assertRefused("estimationLength=0", () -> EventStudy.ofMean(List.of(r), List.of(1L), calendar(2), 0));
        assertRefused(
                "gap=-1",
                () -> EventStudy.ofMean(List.of(r), List.of(1L), calendar(2), 1).withWindow(-1, 0, 0));
        final EventStudyReading reading = read(EventStudy.ofMean(List.of(r), List.of(1L), calendar(2), 1));
        assertThrows(IndexOutOfBoundsException.class, () -> reading.value(0, 1, EventMetric.CAR));
        assertThrows(IndexOutOfBoundsException.class, () -> reading.abnormal(0, 0, 1));
    }

    private EventStudyReading read(final EventStudy study) {
        return reader.study(study).read();
    }

    private static List<Long> calendar(final int length) {
        return LongStream.rangeClosed(1, length).boxed().toList();
    }

    /** Defines a series with a level at the instants 1, 2, 3...; NaN is unknown. */
    private StepSeries series(final String key, final double... levels) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.FRACTION, 3));
        offerAt(series, LongStream.rangeClosed(1, levels.length).toArray(), levels);
        return series;
    }

    private void offerAt(final StepSeries series, final long[] times, final double... levels) {
        for (int i = 0; i < levels.length; i++) {
            engine.awaitApplied(
                    Double.isNaN(levels[i])
                            ? engine.publisher().offerUnknown(series, times[i])
                            : engine.publisher().offer(series, times[i], Math.round(levels[i] * 1_000)));
        }
    }

    private void offer(final StepSeries series, final long at, final long value, final long knownAt) {
        KnownPoint.apply(engine, series, at, value, knownAt);
    }
}
