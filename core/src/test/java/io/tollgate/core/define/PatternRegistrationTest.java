package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.oracle.ClockModel;
import io.tollgate.core.oracle.RandomStream;
import io.tollgate.core.oracle.Twin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Windows registered by pattern, before or after points, belong to the matching series, also after reopening. */
class PatternRegistrationTest {
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("licence.US.CN", Unit.COUNT, 0);
    private static final WindowRegistration ALL_LICENCES = WindowRegistration.of("licence.*")
            .withWindows(
                    Window.slidingNs(90),
                    new Window.Sliding(90, Closed.BOTH),
                    Window.last(3),
                    Window.since(-7),
                    Window.toDate(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai")))
            .withShapes();

    private static final int STREAMS = TestEffort.times(8);

    private final long seed = TestSeed.of("registration by pattern");
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    @Test
    void shouldAgreeWithTheOracleAfterEachRegistration() {
        long comparisons = 0;
        for (int i = 0; i < STREAMS; i++) {
            comparisons += compareStream(i, i % 15 == 0 ? 1_100 : 1 + random.nextInt(200));
        }
        final long compared = comparisons;
        assertTrue(compared > 1_500L * STREAMS, () -> "comparisons=" + compared + " seed=" + seed);
    }

    private long compareStream(final int number, final int length) {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, Instants.MIN);
        final RandomStream stream = new RandomStream(random, "stream." + number, length > 1_000);
        try (Engine engine = launch(TestContext.plain())) {
            final TestReader reader = new TestReader(engine.newReader());
            if (random.nextBoolean()) {
                register(engine, stream);
            }
            final Twin twin = new Twin(engine, stream.definition());
            long ticket = 0;
            for (int i = 0; i < length; i++) {
                if (random.nextInt(length) < 4) {
                    register(engine, stream);
                }
                if (random.nextInt(20) == 0) {
                    clock.moveTo(stream.timeAfter(clock.now()));
                    engine.advanceTo(clock.now());
                }
                final long time = twin.oracle().points().isEmpty() || !stream.isRevision()
                        ? stream.time()
                        : twin.oracle().points().get(0).time();
                ticket = twin.put(engine, clock, time, stream.value(), Instants.NONE, stream.reference());
                if (random.nextInt(length) < 40) {
                    engine.awaitApplied(ticket);
                    check(reader, stream, twin);
                }
            }
            engine.awaitApplied(ticket);
            check(reader, stream, twin);
            return twin.comparisonCount();
        }
    }

    /** Registers some windows of a stream for the selected series, and shapes now and then. */
    private void register(final Engine engine, final RandomStream stream) {
        final String key = stream.definition().key() + ".registered";
        final String[] patterns = {key, "*.*.registered", "stream.*.registered", key.replace("stream", "*")};
        final List<Window> windows = new ArrayList<>(stream.windows());
        Collections.shuffle(windows, random);
        final WindowRegistration registration = WindowRegistration.of(patterns[random.nextInt(patterns.length)])
                .withWindows(
                        windows.subList(0, random.nextInt(windows.size() + 1)).toArray(Window[]::new));
        engine.series().register(random.nextInt(3) == 0 ? registration.withShapes() : registration);
    }

    private void check(final TestReader reader, final RandomStream stream, final Twin twin) {
        for (final Window window : stream.windows()) {
            final long at = stream.instant(twin.oracle().points(), window);
            twin.check(reader, window, at, "seed=" + seed);
        }
    }

    @Test
    void shouldRegisterForSeriesThatExistAndForThoseToCome() {
        try (Engine engine = launch(TestContext.plain())) {
            engine.defineFlow(EVENTS);
            engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
            engine.series().register(ALL_LICENCES);
            requireRegistered(engine, "licence.US.CN", ALL_LICENCES);
            requireRegistered(engine, "tariff.US.CN", WindowRegistration.of("*"));
            final FlowSeries later = engine.defineFlow(
                    SeriesDefinition.flow("licence.CN.US", Unit.COUNT, 0).withWindows(Window.slidingNs(7)));
            assertEquals(6, later.definition().windows().size());
            assertTrue(later.definition().keepsShapes());
            assertTrue(later.definition().windows().contains(Window.slidingNs(7)));
        }
    }

    @Test
    void shouldFindADefinedSeriesAfterPatternsAddedWindows() {
        try (Engine engine = launch(TestContext.plain())) {
            final FlowSeries defined = engine.defineFlow(EVENTS);
            engine.series().register(ALL_LICENCES);
            assertEquals(defined.number(), engine.defineFlow(EVENTS).number());
            final SeriesDefinition more = EVENTS.withWindows(Window.slidingNs(90), Window.slidingNs(7));
            assertEquals(defined.number(), engine.defineFlow(more).number());
            assertEquals(
                    6,
                    engine.series()
                            .find(defined.number())
                            .orElseThrow()
                            .definition()
                            .windows()
                            .size());
            assertThrows(IllegalStateException.class, () -> engine.defineFlow(EVENTS.withLifeStart(4)));
        }
    }

    @Test
    void shouldAddWindowsAndShapesThatADefinitionBringsLater() {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, Instants.MIN);
        try (Engine engine = launch(TestContext.plain())) {
            final RandomStream stream = new RandomStream(random, "later", true);
            final Twin twin = new Twin(engine, stream.definition());
            long ticket = 0;
            for (int i = 0; i < 800; i++) {
                ticket = twin.put(engine, clock, stream.time(), stream.value(), Instants.NONE, stream.reference());
            }
            engine.awaitApplied(ticket);
            Twin.define(
                    engine,
                    twin.registered()
                            .definition()
                            .withWindows(stream.windows().toArray(Window[]::new))
                            .withShapes());
            check(new TestReader(engine.newReader()), stream, twin);
            for (int i = 0; i < 25; i++) {
                engine.awaitApplied(
                        twin.put(engine, clock, stream.time(), stream.value(), Instants.NONE, stream.reference()));
                check(new TestReader(engine.newReader()), stream, twin);
            }
        }
    }

    @Test
    void shouldKnowThePatternsWhenOpenedAgainAndWhenRebuiltFromTheLog() throws IOException {
        final DirectoryFiles files = new DirectoryFiles(directory);
        final List<RandomStream> streams = new ArrayList<>();
        final List<Twin> twins = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            try (Engine engine = launch(TestContext.plain().directory(directory))) {
                twins.replaceAll(twin -> new Twin(engine, twin));
                for (int i = 0; i < twins.size(); i++) {
                    check(new TestReader(engine.newReader()), streams.get(i), twins.get(i));
                }
                if (round > 0) {
                    assertEquals(
                            new HashSet<>(ALL_LICENCES.windows()),
                            new HashSet<>(engine.defineFlow(SeriesDefinition.flow("licence." + round, Unit.COUNT, 0))
                                    .definition()
                                    .windows()));
                    requireRegistered(engine, "licence.0", ALL_LICENCES);
                }
                feed(engine, round, streams, twins);
                if (round == 0) {
                    engine.defineFlow(SeriesDefinition.flow("licence.0", Unit.COUNT, 0));
                    engine.series().register(ALL_LICENCES);
                }
            }
            if (round % 2 == 1) {
                files.markNotClosed();
            }
        }
    }

    private void feed(final Engine engine, final int round, final List<RandomStream> streams, final List<Twin> twins) {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, Instants.MIN);
        final RandomStream stream = new RandomStream(random, "stream." + round, true);
        if (round == 0) {
            register(engine, stream);
        }
        streams.add(stream);
        twins.add(new Twin(engine, stream.definition()));
        long ticket = 0;
        for (int i = 0; i < 1_000; i++) {
            final int chosen = random.nextInt(streams.size());
            final RandomStream next = streams.get(chosen);
            ticket = twins.get(chosen).put(engine, clock, next.time(), next.value(), Instants.NONE, next.reference());
            if (i == 500) {
                engine.series()
                        .register(WindowRegistration.of("stream." + round + ".registered")
                                .withWindows(stream.windows().toArray(Window[]::new))
                                .withShapes());
            }
        }
        engine.awaitApplied(ticket);
    }

    @Test
    void shouldDoNothingIfTheSameIsRegisteredAgain() {
        try (Engine engine = launch(TestContext.plain().directory(directory))) {
            engine.series().register(ALL_LICENCES);
            engine.series().register(ALL_LICENCES);
            engine.series().register(WindowRegistration.of("licence.*").withWindows(Window.last(3)));
            engine.series().register(WindowRegistration.of("*"));
        }
        assertEquals(1, loggedRegistrations());
        try (Engine engine = launch(TestContext.plain().directory(directory))) {
            engine.series().register(ALL_LICENCES);
            engine.series().register(WindowRegistration.of("licence.*").withWindows(Window.last(4)));
        }
        assertEquals(2, loggedRegistrations());
    }

    @Test
    void shouldRefuseAllOfARegistrationThatGivesASeriesTooManyWindows() {
        try (Engine engine = launch(TestContext.plain().directory(directory))) {
            engine.defineFlow(EVENTS.withWindows(sliding(1, 20)));
            engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
            engine.series().register(WindowRegistration.of("licence.*.CN").withWindows(sliding(15, 26)));
            requireRefused(
                    "pattern=*.US.* series=licence.US.CN windows=29, expected at most 28",
                    () -> engine.series()
                            .register(WindowRegistration.of("*.US.*").withWindows(sliding(20, 29))));
            requireRegistered(engine, "tariff.US.CN", WindowRegistration.of("*"));
            assertEquals(
                    26,
                    engine.series()
                            .find("licence.US.CN")
                            .orElseThrow()
                            .definition()
                            .windows()
                            .size());
            engine.series().register(WindowRegistration.of("*.US.*").withWindows(sliding(20, 28)));
            engine.series().register(WindowRegistration.of("licence.EU.CN").withWindows(sliding(40, 50)));
        }
        assertEquals(3, loggedRegistrations());
    }

    @Test
    void shouldRefuseASeriesThatPatternsGiveTooManyWindows() {
        try (Engine engine = launch(TestContext.plain())) {
            engine.series().register(WindowRegistration.of("licence.*").withWindows(sliding(1, 20)));
            engine.series().register(WindowRegistration.of("*.US.*").withWindows(sliding(21, 30)));
            requireRefused("series=licence.US.CN windows=30, expected at most 28", () -> engine.defineFlow(EVENTS));
            requireRefused(
                    "series=licence.EU.CN windows=29, expected at most 28",
                    () -> engine.defineFlow(SeriesDefinition.flow("licence.EU.CN", Unit.COUNT, 0)
                            .withWindows(sliding(31, 39))));
            requireRefused(
                    "pattern=licence.* windows=29, expected at most 28",
                    () -> engine.series()
                            .register(WindowRegistration.of("licence.*").withWindows(sliding(31, 39))));
            assertEquals(0, engine.admin().statistics().seriesCount());
            engine.defineFlow(SeriesDefinition.flow("licence.EU.CN", Unit.COUNT, 0));
        }
    }

    @Test
    void shouldRefuseMorePatternsThanTheLimit() {
        final Limits limits = Limits.DEFAULT.withMaxPatternCount(3);
        try (Engine engine = launch(TestContext.plain().limits(limits))) {
            for (int i = 0; i < 3; i++) {
                engine.series().register(WindowRegistration.of("a." + i).withShapes());
            }
            requireRefused(
                    "pattern=a.3 patternCount=3, expected room for one more within maxPatternCount=3",
                    () -> engine.series().register(WindowRegistration.of("a.3").withShapes()));
            engine.series().register(WindowRegistration.of("a.2").withWindows(Window.last(3)));
            assertTrue(engine.defineFlow(SeriesDefinition.flow("a.2", Unit.COUNT, 0))
                    .definition()
                    .keepsShapes());
        }
    }

    private static Window[] sliding(final long first, final long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Window::slidingNs).toArray(Window[]::new);
    }

    private static void requireRefused(final String why, final Executable call) {
        final String message = assertThrows(IllegalStateException.class, call).getMessage();
        assertTrue(message.startsWith(why), message);
    }

    private static void requireRegistered(
            final Engine engine, final String key, final WindowRegistration registration) {
        final SeriesDefinition definition =
                engine.series().find(key).orElseThrow().definition();
        assertEquals(registration.windows(), definition.windows());
        assertEquals(registration.keepsShapes(), definition.keepsShapes());
    }

    private long loggedRegistrations() {
        final AtomicLong count = new AtomicLong();
        LogReader.replay(new DirectoryFiles(directory).logFiles(), 1, (buffer, offset, length, sequence) -> {
            if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.REGISTER_WINDOWS) {
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    private static Engine launch(final EngineContext context) {
        return TollgateEngine.launch(context.clockMode(ClockMode.MANUAL)
                .threadingMode(ThreadingMode.STEPPED)
                .logSegmentLength(1 << 20));
    }
}
