package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates of watched metrics and their instants, on a manual clock. */
class UpdatesTest {
    private static final Subscription LEVELS =
            Subscription.of("levels", "tariff.*").withMetrics(WatchedMetric.LEVEL);
    private static final Subscription SUMS =
            Subscription.of("sums", "licences.*").withMetrics(WatchedMetric.of(Window.slidingNs(10), Metric.SUM));

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final Publisher publisher = engine.publisher();
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.rate", Unit.PERCENT, 1));
    private final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("licences.granted", Unit.COUNT, 0));
    private final UpdateRecorder recorder = new UpdateRecorder();

    private List<String> changes(final UpdateQueue queue) {
        return recorder.drain(queue).changes();
    }

    private void offer(final long time, final long value) {
        engine.awaitApplied(publisher.offer(rate, time, value));
    }

    @Test
    void shouldReportEachChangeOfALevelOnceWithOldAndNewValue() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(50, 200);
        offer(60, 300);
        offer(60, 1_040);
        offer(55, 999);
        offer(60, 1_040);
        engine.awaitApplied(publisher.withdraw(rate, 60));
        engine.awaitApplied(publisher.offerUnknown(rate, 70));
        assertEquals(
                List.of(
                        "POINT at=100 EMPTY NaN -> OK 20.0",
                        "POINT at=100 OK 20.0 -> OK 30.0",
                        "REVISION at=100 OK 30.0 -> OK 104.0",
                        "WITHDRAWAL at=100 OK 104.0 -> OK 99.9",
                        "POINT at=100 OK 99.9 -> INSUFFICIENT NaN"),
                changes(queue));
    }

    @Test
    void shouldNumberUpdatesAndRevisionsAndNameTheirCause() {
        engine.advanceTo(100);
        final StepSeries other = engine.defineStep(SeriesDefinition.step("tariff.other", Unit.PERCENT, 1));
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(50, 200);
        engine.awaitApplied(KnownPoint.offer(publisher, other, 40, 10, 90, 7));
        offer(60, 300);
        recorder.drain(queue);
        final UpdateRecorder.Recorded second = recorder.recorded().get(1);
        assertEquals(
                List.of(1L, 2L, 3L),
                recorder.recorded().stream()
                        .map(UpdateRecorder.Recorded::number)
                        .toList());
        assertEquals(
                List.of(1L, 1L, 2L),
                recorder.recorded().stream()
                        .map(UpdateRecorder.Recorded::revision)
                        .toList());
        assertEquals(other.number(), second.seriesNumber());
        assertEquals(40, second.validTimeNs());
        assertEquals(90, second.knowledgeTimeNs());
        assertEquals(7, second.reference());
        assertEquals(Decimals.UNKNOWN, second.oldScaledValue());
        assertEquals(10, second.newScaledValue());
        assertEquals(0, second.metricIndex());
    }

    @Test
    void shouldShowInstantsInWordsOnOneLine() {
        engine.advanceTo(Instants.parse("2025-05-12T00:00Z"));
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        final long known = Instants.parse("2025-04-08T12:30Z");
        engine.awaitApplied(KnownPoint.offer(publisher, rate, Instants.parse("2025-04-10T04:01Z"), 1_450, known, 7));
        offer(Instants.parse("2025-05-14T04:01:00.5Z"), 300);
        engine.advanceTo(Instants.parse("2025-06-01T00:00Z"));
        final List<String> texts = new ArrayList<>();
        queue.poll(update -> texts.add(update.toString().replaceFirst("sequence=\\d+", "sequence=S")), 10);
        assertEquals(
                List.of(
                        "Update[number=1 CHANGED seriesNumber=0 metricIndex=0 watchIndex=-1 revision=1 cause=POINT"
                                + " sequence=S at=2025-05-12T00:00:00Z validTime=2025-04-10T04:01:00Z"
                                + " knowledgeTime=2025-04-08T12:30:00Z EMPTY NaN -> OK 145.0]",
                        "Update[number=2 CHANGED seriesNumber=0 metricIndex=0 watchIndex=-1 revision=2 cause=TIME"
                                + " sequence=S at=2025-05-14T04:01:00.5Z validTime=none knowledgeTime=none"
                                + " OK 145.0 -> OK 30.0]"),
                texts);
    }

    @Test
    void shouldReportAPendingPointWhenItTakesEffectAndNotBefore() {
        engine.advanceTo(100);
        offer(50, 200);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(150, 300);
        offer(170, 1_040);
        assertEquals(List.of(), changes(queue));
        engine.advanceTo(149);
        assertEquals(List.of(), changes(queue));
        engine.advanceTo(200);
        assertEquals(List.of("TIME at=150 OK 20.0 -> OK 30.0", "TIME at=170 OK 30.0 -> OK 104.0"), changes(queue));
    }

    @Test
    void shouldReportNothingOfAPendingPointThatWasWithdrawn() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(150, 300);
        engine.awaitApplied(publisher.withdraw(rate, 150));
        engine.advanceTo(200);
        assertEquals(List.of(), changes(queue));
    }

    @Test
    void shouldReportWhenAnEventLeavesTheWindow() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(SUMS, QueueOptions.DEFAULT);
        engine.awaitApplied(publisher.offer(granted, 95, 5));
        engine.awaitApplied(publisher.offer(granted, 98, 2));
        engine.advanceTo(104);
        engine.advanceTo(1_000);
        assertEquals(
                List.of(
                        "POINT at=100 EMPTY NaN -> PARTIAL 5.0",
                        "POINT at=100 PARTIAL 5.0 -> PARTIAL 7.0",
                        "TIME at=105 PARTIAL 7.0 -> OK 2.0",
                        "TIME at=108 OK 2.0 -> OK 0.0"),
                changes(queue));
    }

    @Test
    void shouldRefuseAGridOfNoLength() {
        final Subscription ungridded = Subscription.of("mean", "tariff.*");
        assertThrows(IllegalArgumentException.class, () -> ungridded.withEvery(java.time.Duration.ZERO));
    }

    @Test
    void shouldReportMetricsThatMoveWithTimeOnAGrid() {
        final long second = Subscription.MIN_EVERY_NS;
        final UpdateQueue queue = engine.updates()
                .subscribe(
                        Subscription.of("mean", "tariff.*")
                                .withMetrics(WatchedMetric.of(Window.slidingNs(4 * second), Metric.COVERAGE))
                                .withEvery(java.time.Duration.ofSeconds(1)),
                        QueueOptions.DEFAULT);
        engine.advanceTo(second);
        offer(second, 10);
        engine.advanceTo(9 * second);
        // One nanosecond after the first point, one nanosecond of the window is covered.
        assertEquals(
                List.of(2.5E-10, 0.25, 0.5, 0.75, 1.0),
                recorder.drain(queue).recorded().stream()
                        .map(UpdateRecorder.Recorded::newValue)
                        .toList());
    }

    @Test
    void shouldFollowSeriesThatAreDefinedLater() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        final StepSeries later = engine.defineStep(SeriesDefinition.step("tariff.later.deep", Unit.PERCENT, 1));
        engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 1));
        engine.awaitApplied(publisher.offer(later, 10, 5));
        assertEquals(List.of("POINT at=100 EMPTY NaN -> OK 0.5"), changes(queue));
    }

    @Test
    void shouldReportNothingAfterTheEndOfASubscription() {
        engine.advanceTo(100);
        final UpdateQueue levels = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        final UpdateQueue sums = engine.updates().subscribe(SUMS, QueueOptions.DEFAULT);
        assertEquals(List.of(LEVELS, SUMS), engine.updates().list());
        offer(150, 300);
        engine.awaitApplied(publisher.offer(granted, 95, 5));
        assertTrue(engine.updates().unsubscribe("levels"));
        assertFalse(engine.updates().unsubscribe("levels"));
        assertEquals(List.of(SUMS), engine.updates().list());
        engine.advanceTo(200);
        assertEquals(List.of(), changes(levels));
        assertEquals(
                List.of("POINT at=100 EMPTY NaN -> PARTIAL 5.0", "TIME at=105 PARTIAL 5.0 -> OK 0.0"), changes(sums));
    }

    @Test
    void shouldGiveASecondQueueWhatComesAfterIt() {
        engine.advanceTo(100);
        final UpdateQueue first = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(50, 200);
        final UpdateQueue second = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(60, 300);
        first.close();
        offer(70, 400);
        assertEquals(List.of("POINT at=100 EMPTY NaN -> OK 20.0", "POINT at=100 OK 20.0 -> OK 30.0"), changes(first));
        assertEquals(List.of("POINT at=100 OK 20.0 -> OK 30.0", "POINT at=100 OK 30.0 -> OK 40.0"), changes(second));
        assertEquals(List.of(), recorder.gaps());
    }

    @Test
    void shouldRefuseAnotherSubscriptionOfTheSameName() {
        engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        final Subscription other = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> engine.updates().subscribe(other, QueueOptions.DEFAULT));
        assertTrue(refused.getMessage().startsWith("subscription=levels is "), refused::getMessage);
    }

    @Test
    void shouldDropTheOldestAndSayWhich() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT.withCapacity(4));
        for (int i = 1; i <= 10; i++) {
            offer(i, i);
        }
        recorder.drain(queue);
        assertEquals(List.of(new UpdateRecorder.Gap(1, 6)), recorder.gaps());
        assertEquals(
                List.of(7L, 8L, 9L, 10L),
                recorder.recorded().stream()
                        .map(UpdateRecorder.Recorded::number)
                        .toList());
        assertEquals(6, queue.lostCount());
        offer(11, 5);
        assertEquals(1, queue.poll(recorder, 10));
        assertEquals(1, recorder.gaps().size());
    }

    @Test
    void shouldTakeNoMorePointsWhileAQueueThatBlocksIsFull() {
        engine.advanceTo(100);
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, new QueueOptions(4, OverflowPolicy.BLOCK));
        long last = 0;
        for (int i = 1; i <= 10; i++) {
            last = publisher.offer(rate, i, i);
        }
        final long ticket = last;
        final IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> engine.awaitApplied(ticket));
        assertTrue(refused.getMessage().startsWith("updateQueue=full"), refused::getMessage);
        while (!engine.isApplied(ticket)) {
            recorder.drain(queue);
            engine.step();
        }
        recorder.drain(queue);
        assertEquals(10, recorder.recorded().size());
        assertEquals(List.of(), recorder.gaps());
        assertEquals(0, queue.lostCount());
    }

    @Test
    void shouldKeepTheUpdatesOfOneInstantBeyondTheCapacityIfStepped() {
        engine.advanceTo(100);
        for (int i = 0; i < 8; i++) {
            final StepSeries step = engine.defineStep(SeriesDefinition.step("tariff." + i, Unit.PERCENT, 1));
            engine.awaitApplied(publisher.offer(step, 150, 1));
        }
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, new QueueOptions(4, OverflowPolicy.BLOCK));
        engine.advanceTo(150);
        recorder.drain(queue);
        assertEquals(8, recorder.recorded().size());
        assertEquals(List.of(), recorder.gaps());
        assertEquals(0, queue.lostCount());
    }

    /** A call inside a listener does not wait for the engine, which learns later that the queue is closed. */
    @Test
    void shouldNotCountQueuesThatTheirListenersHaveClosed() {
        engine.advanceTo(100);
        final int most = Limits.DEFAULT.maxUpdateQueueCount();
        for (int i = 0; i < most; i++) {
            final AtomicReference<Registration> listening = new AtomicReference<>();
            listening.set(engine.updates()
                    .subscribe(
                            numbered(i),
                            QueueOptions.DEFAULT,
                            update -> listening.get().close()));
        }
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> engine.updates().subscribe(numbered(0), QueueOptions.DEFAULT));
        assertTrue(refused.getMessage().startsWith("subscription=s.0 updateQueueCount=" + most), refused::getMessage);
        offer(50, 200);
        engine.step();
        final UpdateQueue queue = engine.updates().subscribe(numbered(0), QueueOptions.DEFAULT);
        offer(60, 300);
        assertEquals(List.of("POINT at=100 OK 20.0 -> OK 30.0"), changes(queue));
    }

    /** More updates are in the queue when the listener closes it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReportNothingMoreToAListenerThatHasClosed(final boolean isGap) {
        engine.advanceTo(100);
        final List<String> recorded = new ArrayList<>();
        final AtomicReference<Registration> listening = new AtomicReference<>();
        final QueueOptions options = new QueueOptions(isGap ? 4 : 64, OverflowPolicy.DROP_OLDEST);
        listening.set(engine.updates().subscribe(LEVELS, options, new UpdateHandler() {
            @Override
            public void onUpdate(final Update update) {
                recorded.add("update " + update.number());
                listening.get().close();
            }

            @Override
            public void onGap(final long firstNumber, final long lastNumber) {
                recorded.add("gap " + firstNumber + " to " + lastNumber);
                listening.get().close();
            }
        }));
        for (int i = 1; i <= 10; i++) {
            assertTrue(publisher.offer(rate, i, i) > 0);
        }
        while (engine.step() > 0) {
            assertTrue(recorded.size() <= 1, recorded::toString);
        }
        assertEquals(List.of(isGap ? "gap 1 to 6" : "update 1"), recorded);
    }

    @Test
    void shouldRefuseASubscriptionWithoutAListener() {
        final NullPointerException refused = assertThrows(
                NullPointerException.class, () -> engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, null));
        assertTrue(refused.getMessage().startsWith("listener=null, expected "), refused::getMessage);
        assertEquals(List.of(), engine.updates().list());
    }

    private static Subscription numbered(final int number) {
        return Subscription.of("s." + number, "tariff.*").withMetrics(WatchedMetric.LEVEL);
    }
}
