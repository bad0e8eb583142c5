package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A reading is made once, for windows and metrics. The thread that owns its reader reads it for any series. */
class MetricReaderTest {
    private static final Window TEN = Window.slidingNs(10);
    private static final Window TWENTY = Window.slidingNs(20);

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 1));
    private final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("flow", Unit.COUNT, 0));
    private final MetricReader reader = engine.newReader();

    private void offer(final StepSeries series, final long time, final long value, final long known) {
        KnownPoint.apply(engine, series, time, value, known);
    }

    @Test
    void shouldReadEachSeriesIntoTheSameReading() {
        offer(rate, 5, 30, 5);
        offer(other, 0, 205, 5);
        KnownPoint.apply(engine, flow, 8, 7, 8);
        final WindowReading reading = reader.window(TEN, Metric.MEAN, Metric.SUM);
        assertSame(reading, reading.read(rate, 10));
        assertEquals(30, reading.value(Metric.MEAN));
        assertEquals(20.5, reading.read(other, 10).value(Metric.MEAN));
        assertEquals(7, reading.read(flow, 10).value(Metric.SUM));
        final LevelReading level = reader.level();
        assertSame(level, level.read(rate, 10));
        assertEquals(
                List.of(30L, 205L),
                List.of(level.scaledValue(), level.read(other, 10).scaledValue()));
    }

    @Test
    void shouldReadSeveralWindowsAsEachAlone() {
        for (int i = 0; i < 30; i++) {
            offer(rate, i, i * i % 17, i);
        }
        final List<Window> windows = List.of(TEN, Window.last(3), Window.since(2), new Window.Sliding(10, Closed.BOTH));
        final Metric[] metrics = {Metric.MEAN, Metric.MEDIAN, Metric.ZSCORE, Metric.SLOPE, Metric.LAST};
        final WindowReading all = reader.windows(windows, metrics).read(rate, 27);
        assertEquals(windows, all.windows());
        for (int i = 0; i < windows.size(); i++) {
            final WindowReading one = reader.window(windows.get(i), metrics).read(rate, 27);
            for (final Metric metric : metrics) {
                assertEquals(one.value(metric), all.value(i, metric), metric + " of " + windows.get(i));
                assertEquals(one.status(metric), all.status(i, metric), metric + " of " + windows.get(i));
            }
            assertEquals(one.count(), all.count(i));
            assertEquals(one.hasCarriedIn(), all.hasCarriedIn(i));
            assertEquals(one.carriedInValue(), all.carriedInValue(i));
            assertEquals(one.carriedInSinceNs(), all.carriedInSinceNs(i));
        }
        assertEquals(all.value(0, Metric.MEAN), all.value(Metric.MEAN), "without an index that of the first window");
        assertThrows(IndexOutOfBoundsException.class, () -> all.value(4, Metric.MEAN));
    }

    @Test
    void shouldRefuseWindowsThatNoReadingHas() {
        final List<Window.Sliding> most = IntStream.rangeClosed(1, MetricReader.MAX_WINDOWS)
                .mapToObj(Window::slidingNs)
                .toList();
        assertEquals(
                MetricReader.MAX_WINDOWS,
                reader.windows(most, Metric.MEAN).windows().size());
        for (final List<? extends Window> windows : List.of(
                List.<Window.Sliding>of(),
                List.of(Window.slidingNs(10), Window.slidingNs(10)),
                IntStream.rangeClosed(1, MetricReader.MAX_WINDOWS + 1)
                        .mapToObj(Window::slidingNs)
                        .toList())) {
            final String message = assertThrows(
                            IllegalArgumentException.class, () -> reader.windows(windows, Metric.MEAN))
                    .getMessage();
            assertTrue(message.endsWith(", expected 1 to 16 different windows"), message);
        }
    }

    @Test
    void shouldNameTheElementThatIsNull() {
        Refusals.require(
                RuntimeException.class, () -> reader.windows(Arrays.asList(TEN, null), Metric.MEAN), "window=null");
        Refusals.require(RuntimeException.class, () -> reader.window(TEN, Metric.MEAN, null), "metric=null");
        Refusals.require(
                RuntimeException.class,
                () -> engine.newPanelReader()
                        .hierarchy(Hierarchy.byPrefix(Group.of(GroupMember.of(rate)), 2), (String) null),
                "node=null");
    }

    @Test
    void shouldAnswerOnlyWhatWasNamed() {
        final WindowReading reading = reader.windows(List.of(TEN, TWENTY), Metric.MEAN, Metric.above("25"));
        for (final Metric metric : List.of(Metric.SD, Metric.COUNT, Metric.MEDIAN, Metric.above("26"))) {
            final String expected = "metric=" + metric.text() + " is not in this reading, which has [mean,"
                    + " above:25]; pass it to reader.window(window, metrics)";
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> reading.value(1, metric))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> reading.status(metric))
                            .getMessage());
        }
        assertEquals(Status.UNREAD, reading.status(1, Metric.above("25")), "an equal one");
        assertEquals(0, reader.window(TEN).read(rate, 1).count(), "what needs no metric");
    }

    @Test
    void shouldReadAsOfAnInstant() {
        offer(rate, 0, 10, 1);
        offer(rate, 0, 20, 2);
        offer(rate, 3, 40, 3);
        final MetricReader then = reader.asOf(1);
        assertEquals(10, then.level().read(rate, 5).scaledValue());
        assertEquals(40, reader.level().read(rate, 5).scaledValue(), "the reader itself is as it was");
        assertEquals(
                20, then.asOf(2).level().read(rate, 5).scaledValue(), "another instant takes the place of the one");
        assertEquals(40, then.asOf(Instants.ALL_KNOWN).level().read(rate, 5).scaledValue());
        assertEquals(10, then.window(TEN, Metric.LAST).read(rate, 5).value(Metric.LAST));
        assertEquals(1, then.versions(TEN, 9).read(rate, 5).count());
        assertEquals(3, reader.versions(TEN, 9).read(rate, 5).count());
        assertEquals(2, reader.points(Window.since(-10), 9).read(rate, 5).count());
        assertEquals(1, reader.asOf(2).revisions(TEN).read(rate, 5).revisionCount());
        assertEquals(0, then.revisions(TEN).read(rate, 5).revisionCount());
        assertEquals(1, reader.asOf(3).pending(1).read(rate, 2).count());
        assertEquals(0, reader.asOf(2).pending(1).read(rate, 2).count());
        assertThrows(IllegalArgumentException.class, () -> reader.asOf(Instants.MIN - 1));
    }

    @Test
    void shouldReadAPairFromItsOwnThreadOnly() {
        offer(rate, 0, 10, 1);
        offer(other, 0, 20, 1);
        final Supplier<Status> read =
                () -> reader.pair(Pair.asOf(rate, other), TEN).read(5).status(PairMetric.COVARIANCE);
        assertEquals(Status.PARTIAL, read.get());
        assertRefused(read);
    }

    private static <T> T elsewhere(final Supplier<T> read) {
        final AtomicReference<CompletableFuture<T>> result = new AtomicReference<>();
        final Thread thread = new Thread(
                () -> result.set(CompletableFuture.completedFuture(null).thenApply(any -> read.get())), "intruder");
        thread.start();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        return result.get().join();
    }

    private static void assertRefused(final Supplier<?> read) {
        final Throwable refusal =
                assertThrows(CompletionException.class, () -> elsewhere(read)).getCause();
        assertEquals(IllegalStateException.class, refusal.getClass());
        assertEquals(
                "thread=intruder used the reader of owner="
                        + Thread.currentThread().getName()
                        + "; create a reader for each thread, or let the owner call handOver() first",
                refusal.getMessage());
    }

    @Test
    void shouldRefuseASecondThreadUntilTheReaderIsHandedOver() {
        offer(rate, 0, 10, 1);
        final LevelReading level = reader.level();
        final WindowReading window = reader.asOf(1).window(TEN, Metric.LAST);
        level.read(rate, 5);
        assertRefused(() -> level.read(rate, 6));
        assertRefused(() -> window.read(rate, 6));
        assertRefused(() -> reader.life().read(rate));
        assertRefused(() -> {
            reader.handOver();
            return "no other thread hands it over";
        });
        assertEquals(5, level.atNs(), "the earlier reading is unchanged");
        reader.handOver();
        assertEquals(7, elsewhere(() -> {
            final long atNs = window.read(rate, 7).atNs();
            reader.asOf(2).handOver();
            return atNs;
        }));
        assertEquals(8, level.read(rate, 8).atNs());
    }

    @Test
    void shouldBelongToTheFirstThreadThatReads() {
        final LevelReading level = reader.level();
        reader.handOver();
        assertEquals(Status.EMPTY, elsewhere(() -> level.read(rate, 1).status()));
        final String message = assertThrows(IllegalStateException.class, () -> level.read(rate, 1))
                .getMessage();
        assertTrue(message.contains(" owner=intruder;"), message);
    }

    /**
     * Two windows always hold the same points. In one version of the series their counts are equal, at any write rate.
     */
    @Test
    void shouldReadAllWindowsFromOneStateOfTheSeries() throws InterruptedException {
        final int points = 20_000;
        try (Engine threaded = TollgateEngine.launch(TestContext.plain())) {
            final StepSeries series = threaded.defineStep(SeriesDefinition.step("busy", Unit.COUNT, 0));
            final Thread writer = new Thread(() -> {
                for (int i = 1; i <= points; i++) {
                    while (threaded.publisher().offer(series, i, i) == Publisher.BACK_PRESSURED) {
                        Thread.onSpinWait();
                    }
                }
            });
            writer.start();
            final WindowReading reading = threaded.newReader()
                    .windows(List.of(Window.since(0), Window.slidingNs(points), Window.last(points)), Metric.LAST);
            long seen = 0;
            while (seen < points) {
                reading.read(series, points);
                if (reading.status(Metric.LAST) == Status.CONTENDED) {
                    assertEquals(Status.CONTENDED, reading.status(2, Metric.LAST));
                    continue;
                }
                seen = reading.count();
                assertEquals(seen, reading.count(1));
                assertEquals(seen, reading.count(2));
            }
            writer.join();
        }
    }
}
