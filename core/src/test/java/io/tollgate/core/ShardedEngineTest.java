package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.LevelReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine of several shards promises beside the same answers: tickets, numbers, patterns, one failure. */
class ShardedEngineTest {
    private static final int SHARDS = 3;
    private static final int SERIES = 24;

    @TempDir
    Path directory;

    private static EngineContext context() {
        return new EngineContext().clockMode(ClockMode.MANUAL).shardCount(SHARDS);
    }

    private static List<StepSeries> define(final Engine engine) {
        return IntStream.range(0, SERIES)
                .mapToObj(i -> engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)))
                .toList();
    }

    private static long value(final MetricReader reader, final StepSeries series) {
        final LevelReading reading = reader.newLevelReading();
        reader.readLevel(series, Instants.MAX, reading);
        return reading.scaledValue();
    }

    @Test
    void shouldGiveEachSeriesANumberOfItsOwnAndFindItByIt() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<StepSeries> all = define(engine);
            final Set<Long> numbers = new HashSet<>();
            final Set<Integer> used = new HashSet<>();
            for (final StepSeries series : all) {
                assertTrue(numbers.add(series.number()), series::toString);
                used.add(ShardPlace.indexOf(series.key(), SHARDS));
                assertEquals(Optional.of(series), engine.find(series.number()));
                assertEquals(Optional.of(series), engine.find(series.key()));
            }
            assertEquals(SHARDS, used.size());
            assertTrue(numbers.stream().allMatch(number -> number >= 0 && number < 4L * SERIES));
            assertEquals(Optional.empty(), engine.find(3L), "a number that names a fourth shard");
            assertEquals(SERIES, engine.statistics().seriesCount());
        }
    }

    @Test
    void shouldRefuseAHandleThatNamesNoShard() {
        try (Engine engine = TollgateEngine.launch(context())) {
            define(engine);
            final StepSeries stranger = new StepSeries(3, SeriesDefinition.step("level.0", Unit.COUNT, 0));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(stranger, 1, 1));
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading();
            assertThrows(IllegalArgumentException.class, () -> reader.read(stranger, Window.slidingNs(1), 1, reading));
        }
    }

    @Test
    void shouldRefuseATicketThatNamesNoShard() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final long ticket = engine.publisher().offer(define(engine).get(0), 1, 1);
            engine.awaitApplied(ticket);
            assertThrows(IllegalArgumentException.class, () -> engine.awaitApplied(ticket | 3));
            assertThrows(IllegalArgumentException.class, () -> engine.isApplied(ticket + (1L << 40)));
        }
    }

    /** The last ticket alone is awaited, whatever shard it names; the points before it went to all of them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAwaitAllThatWasOfferedBeforeToAnySeries(final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(context().stepped(isStepped))) {
            final List<StepSeries> all = define(engine);
            final MetricReader reader = engine.newReader();
            for (int round = 1; round <= 300; round++) {
                long ticket = 0;
                for (int i = 0; i < SERIES; i++) {
                    ticket = Twin.offer(engine, all.get((i + round) % SERIES), 1, round, Publisher.NONE, 0);
                }
                engine.awaitApplied(ticket);
                assertTrue(engine.isApplied(ticket));
                for (final StepSeries series : all) {
                    assertEquals(round, value(reader, series));
                }
            }
        }
    }

    /** Producers on all shards at once, and readers that must never see a series go back or a torn sum. */
    @Test
    void shouldShowReadersWholeSeriesWhileAllShardsWrite() throws Exception {
        final int points = 20_000;
        final ExecutorService executor = Executors.newFixedThreadPool(4);
        final AtomicBoolean isDone = new AtomicBoolean();
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<FlowSeries> all = IntStream.range(0, 8)
                    .mapToObj(i -> engine.defineFlow(
                            SeriesDefinition.flow("events." + i, Unit.COUNT, 0).withWindows(Window.slidingNs(100))))
                    .toList();
            final List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(executor.submit(() -> watch(engine, all, isDone, points / 4)));
            }
            final List<Future<?>> producers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                final int producer = i;
                producers.add(executor.submit(() -> produce(engine, all, producer, points)));
            }
            for (final Future<?> producer : producers) {
                producer.get();
            }
            isDone.set(true);
            for (final Future<?> reader : readers) {
                reader.get();
            }
            assertEquals(2L * points, engine.statistics().appliedCount());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void produce(final Engine engine, final List<FlowSeries> all, final int producer, final int points) {
        long ticket = 0;
        for (int i = 1; i <= points; i++) {
            final FlowSeries series = all.get(2 * (i % 4) + producer);
            ticket = Twin.offer(engine, series, i, 1, Publisher.NONE, 0);
        }
        engine.awaitApplied(ticket);
    }

    /** A read may give up while the shard that changes its series has no processor; behind the last point none may. */
    private static void watch(
            final Engine engine, final List<FlowSeries> all, final AtomicBoolean isDone, final long lastCount) {
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        final long[] seen = new long[all.size()];
        boolean isLastRound = false;
        while (!isLastRound) {
            isLastRound = isDone.get();
            for (int i = 0; i < seen.length; i++) {
                reader.read(all.get(i), Window.since(0), Instants.MAX, reading);
                final Status status = reading.status(Metric.COUNT);
                if (isLastRound || status != Status.CONTENDED) {
                    final long count = reading.count();
                    assertTrue(count >= seen[i], status + " count=" + count + " after " + seen[i]);
                    assertTrue(count == 0 || reading.value(Metric.SUM) == count, reading::toString);
                    seen[i] = count;
                }
            }
        }
        for (final long count : seen) {
            assertEquals(lastCount, count);
        }
    }

    @Test
    void shouldRegisterAPatternOnNoShardWhereASeriesOfOneWouldHaveTooManyWindows() {
        try (Engine engine = TollgateEngine.launch(context().stepped(true))) {
            define(engine);
            final Window[] many = IntStream.rangeClosed(1, SeriesDefinition.MAX_WINDOWS)
                    .mapToObj(i -> Window.slidingNs(i))
                    .toArray(Window[]::new);
            engine.defineStep(SeriesDefinition.step("full.1", Unit.COUNT, 0).withWindows(many));
            final WindowRegistration oneMore = WindowRegistration.of("*.*").withWindows(Window.last(5));
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> engine.register(oneMore));
            assertTrue(refusal.getMessage().contains("series=full.1 windows=29"), refusal.getMessage());
            for (int i = 0; i < SERIES; i++) {
                assertEquals(List.of(), windowsOf(engine, "level." + i));
            }
            final Window registered = Window.last(6);
            engine.register(WindowRegistration.of("level.*").withWindows(registered));
            for (int i = 0; i < SERIES; i++) {
                assertEquals(List.of(registered), windowsOf(engine, "level." + i));
            }
        }
    }

    private static List<Window> windowsOf(final Engine engine, final String key) {
        return engine.find(key).orElseThrow().definition().windows();
    }

    @Test
    void shouldCountSeriesOfAllShardsAgainstTheLimit() {
        final Limits limits = new Limits(SERIES, 64, 100, 10, 1, 1, 1, 1, 1, 1, 1, 0, 16);
        try (Engine engine = TollgateEngine.launch(context().limits(limits))) {
            define(engine);
            final SeriesDefinition oneMore = SeriesDefinition.step("one.more", Unit.COUNT, 0);
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> engine.defineStep(oneMore));
            assertTrue(refusal.getMessage().contains("seriesCount=24"), refusal.getMessage());
        }
    }

    /** A handler runs on the thread of one shard, and asks for a series of another. */
    @Test
    void shouldLetARefusalHandlerFindSeriesOfAnyShard() {
        final AtomicReference<Engine> opened = new AtomicReference<>();
        final List<Series> found = new ArrayList<>();
        final EngineContext context = context().refusalHandler((reason, number, time, value, known, reference) -> {
            for (int i = 0; i < SERIES; i++) {
                found.add(opened.get().find("level." + i).orElseThrow());
            }
        });
        try (Engine engine = TollgateEngine.launch(context)) {
            opened.set(engine);
            final List<StepSeries> all = define(engine);
            for (final StepSeries series : all) {
                engine.publisher().offer(series, 1, 1, 10, 0);
                engine.awaitApplied(engine.publisher().offer(series, 2, 1, 9, 0));
            }
            assertEquals(SERIES * SERIES, found.size());
            assertEquals(all, found.subList(0, SERIES));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFailAsAWholeWhereTheDiskFailsUnderOneShardAndReopenWithWhatItAcknowledged(final boolean isStepped) {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        disk.failForces(true);
        final List<Long> tickets = new ArrayList<>();
        final long acknowledged;
        final List<StepSeries> all;
        try (Engine engine = TollgateEngine.launch(persisted(disk).stepped(isStepped))) {
            all = define(engine);
            // Only one shard fills a segment of its log, which cannot be forced when it is left.
            final StepSeries busy = all.get(0);
            long ticket = 1;
            for (long i = 1; ticket != Publisher.CLOSED && i < 1_000_000; i++) {
                ticket = engine.publisher().offer(busy, i, i);
                if (ticket == Publisher.BACK_PRESSURED && isStepped) {
                    engine.step();
                } else if (ticket > 0) {
                    tickets.add(ticket);
                }
            }
            for (final StepSeries series : all) {
                assertEquals(Publisher.CLOSED, engine.publisher().offer(series, 1, 1));
                assertThrows(IllegalStateException.class, () -> engine.defineStep(series.definition()));
            }
            acknowledged = tickets.stream().filter(engine::isApplied).count();
            assertTrue(acknowledged > 0 && acknowledged < tickets.size(), "acknowledged=" + acknowledged);
            disk.failForces(false);
        }
        try (Engine engine = TollgateEngine.launch(persisted(disk))) {
            assertTrue(PointCount.of(engine, all.get(0)) >= acknowledged);
            final long ticket = engine.publisher().offer(all.get(1), 1, 5);
            engine.awaitApplied(ticket);
            assertEquals(5, value(engine.newReader(), all.get(1)));
        }
    }

    private EngineContext persisted(final FullDisk disk) {
        return context()
                .directory(directory.resolve("data"))
                .fileAccess(disk)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> assertFalse(error.getMessage().isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldOpenADirectoryOnlyWithTheNumberOfShardsItWasMadeWith(final boolean isKilled) throws Exception {
        final Path data = directory.resolve("data");
        TollgateEngine.launch(context().directory(data)).close();
        if (isKilled) {
            for (int i = 0; i < SHARDS; i++) {
                new ShardFiles(data, i).removeCleanMark();
            }
        }
        for (final int other : new int[] {1, 2, 4}) {
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> TollgateEngine.launch(context().directory(data).shardCount(other)));
            assertTrue(
                    refusal.getMessage()
                            .contains("shardCount=" + other + ", expected 3 as the directory was made with"),
                    refusal.getMessage());
        }
        TollgateEngine.launch(context().directory(data)).close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void shouldRefuseACountOfShardsOutOfRange(final int count) {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> TollgateEngine.launch(new EngineContext().shardCount(count)));
        assertEquals("shardCount=" + count + ", expected 1 to 64", refusal.getMessage());
    }
}
