package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answer as known at K equals that of an engine that got only the operations known by K. Later revisions,
 * withdrawals and points have no effect.
 */
class AsKnownAtTest {
    private static final int SPREAD_NS = 1_000_000;
    private static final Window[] WINDOWS = {
        Window.slidingNs(1),
        Window.slidingNs(1_000),
        Window.slidingNs(77_777),
        Window.slidingNs(2L * SPREAD_NS),
        new Window.Sliding(33_333, Closed.BOTH),
        new Window.Sliding(50_000, Closed.NEITHER),
        Window.last(1),
        Window.last(7),
        Window.last(500),
        Window.since(0),
        Window.toDate(CalendarPeriod.MONTH, ZoneId.of("America/New_York"))
    };

    private final long seed = TestSeed.of("as known at");
    private final Random random = new Random(seed);

    @AutoClose
    private final Engine engine = launch();

    private final TestReader reader = new TestReader(engine.newReader());
    private final AnswerText answers = new AnswerText(reader);

    /** An operation on the engine: a point, or a withdrawal of one. */
    private record Recorded(boolean isWithdrawal, long time, long value, long knowledge, long reference) {}

    @ParameterizedTest
    @CsvSource({
        "STEP, REVISE, 6, 12",
        "FLOW, ALL, 6, 12",
        "FLOW, SUM, 9, 12",
        "STEP, KEEP_FIRST, 9, 12",
        "STEP, REVISE, 60, 6",
        "FLOW, ALL, 60, 6",
        "FLOW, REVISE, 60, 6",
        "FLOW, SUM, 60, 6",
        "FLOW, KEEP_FIRST, 60, 6",
        "FLOW, REJECT, 60, 6",
        "STEP, REJECT, 60, 6",
        "STEP, REVISE, 3000, 1",
        "FLOW, ALL, 3000, 1",
        "FLOW, SUM, 3000, 1",
        "FLOW, REVISE, 8000, 1",
        "STEP, REVISE, 8000, 1"
    })
    void shouldAnswerAsAnEngineWithoutLaterOperations(
            final SeriesKind kind, final DuplicatePolicy policy, final int count, final int instants) {
        final SeriesDefinition definition = varied(definition(kind, "all", policy));
        final List<Recorded> recorded = story(definition, count);
        final Series all = feed(definition, recorded, Long.MAX_VALUE);
        for (int i = 0; i < TestEffort.times(instants); i++) {
            final long known = recorded.get(random.nextInt(recorded.size())).knowledge() + random.nextInt(3) - 1;
            final Series past = feed(renamed(definition, "past." + i), recorded, known);
            for (int j = 0; j < 40; j++) {
                final Window window = WINDOWS[random.nextInt(WINDOWS.length)];
                final long at = recorded.get(random.nextInt(recorded.size())).time() + random.nextInt(3) - 1;
                final String where = "seed=" + seed + " known=" + known + " at=" + at + " window=" + window
                        + " definition=" + definition + (recorded.size() < 70 ? " recorded=" + recorded : "");
                assertEquals(
                        answers.of(past, window, at, Instants.ALL_KNOWN),
                        answers.of(all, window, at, known),
                        () -> where);
            }
        }
    }

    /** If most past answers are unchanged, they come from summaries, otherwise from the history. */
    @ParameterizedTest
    @CsvSource({"STEP, false", "FLOW, false", "STEP, true", "FLOW, true"})
    void shouldAnswerAcrossRewritingsOfAWholeSeries(final SeriesKind kind, final boolean keepsShapes) {
        SeriesDefinition definition = definition(kind, "rewritten", DuplicatePolicy.REVISE);
        definition = keepsShapes ? definition.withShapes() : definition;
        final List<Recorded> recorded = new ArrayList<>();
        for (int edition = 0; edition < 4; edition++) {
            for (int i = 0; i < 2_000; i++) {
                if (edition != 2 || i > 1_500) {
                    recorded.add(new Recorded(
                            edition == 3 && i % 3 == 0, 500L * i, random.nextInt(100), edition * 10_000 + i, 0));
                }
            }
        }
        final Series all = feed(definition, recorded, Long.MAX_VALUE);
        for (final long known : new long[] {-1, 0, 700, 1_999, 9_999, 10_000, 11_234, 21_700, 25_000, 30_001, 31_999}) {
            final Series past = feed(renamed(definition, "past." + known), recorded, known);
            for (int j = 0; j < 60; j++) {
                final Window window = WINDOWS[random.nextInt(WINDOWS.length)];
                final long at = random.nextInt(SPREAD_NS + 1_000);
                assertEquals(
                        answers.of(past, window, at, Instants.ALL_KNOWN),
                        answers.of(all, window, at, known),
                        () -> "seed=" + seed + " known=" + known + " at=" + at + " window=" + window);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"STEP, STEP, 0", "FLOW, FLOW, 100", "STEP, FLOW, 1000"})
    void shouldReadTwoSeriesAsKnown(final SeriesKind kindX, final SeriesKind kindY, final long bucketNs) {
        final SeriesDefinition x = definition(kindX, "x", DuplicatePolicy.REVISE);
        final SeriesDefinition y = definition(kindY, "y", DuplicatePolicy.REVISE);
        final List<Recorded> recordedX = story(x, 300);
        final List<Recorded> recordedY = story(y, 300);
        final Pair all = pair(feed(x, recordedX, Long.MAX_VALUE), feed(y, recordedY, Long.MAX_VALUE), bucketNs);
        for (int i = 0; i < 20; i++) {
            final long known = recordedX.get(random.nextInt(recordedX.size())).knowledge();
            final Pair past = pair(
                    feed(renamed(x, "x." + i), recordedX, known),
                    feed(renamed(y, "y." + i), recordedY, known),
                    bucketNs);
            for (int j = 0; j < 10; j++) {
                final Window window = Window.slidingNs(1 + random.nextInt(SPREAD_NS / 2));
                final long at = random.nextInt(SPREAD_NS);
                assertEquals(
                        answers.of(past, window, at, Instants.ALL_KNOWN),
                        answers.of(all, window, at, known),
                        () -> "seed=" + seed + " known=" + known + " at=" + at + " window=" + window);
            }
        }
    }

    @Test
    void shouldAnswerAsKnownAfterTheDirectoryWasOpenedAgainAndRebuilt(@TempDir final Path directory) {
        final SeriesDefinition definition = definition(SeriesKind.STEP, "kept", DuplicatePolicy.REVISE);
        final List<Recorded> recorded = story(definition, 2_000);
        final List<String> expected = new ArrayList<>();
        final Random questions = new Random(seed);
        final Series all = feed(definition, recorded, Long.MAX_VALUE);
        for (int i = 0; i < 50; i++) {
            expected.add(ask(reader, all, recorded, questions));
        }
        final EngineContext context = TestContext.stepped(ClockMode.KNOWLEDGE, directory);
        for (int opening = 0; opening < 3; opening++) {
            if (opening == 2) {
                new DirectoryFiles(directory).markNotClosed();
            }
            try (Engine kept = TollgateEngine.launch(context)) {
                final Series series = opening == 0 ? feed(kept, definition, recorded, Long.MAX_VALUE) : find(kept);
                final Random again = new Random(seed);
                final TestReader keptReader = new TestReader(kept.newReader());
                for (int i = 0; i < 50; i++) {
                    assertEquals(expected.get(i), ask(keptReader, series, recorded, again), "opening=" + opening);
                }
            }
        }
    }

    /** A copy of the directory contains the log up to then, and the store from its replay. */
    @ParameterizedTest
    @CsvSource({"STEP, REVISE", "FLOW, SUM"})
    void shouldAnswerAsAReplayOfTheLogUpToThen(
            final SeriesKind kind, final DuplicatePolicy policy, @TempDir final Path directory) {
        final SeriesDefinition definition = definition(kind, "kept", policy);
        final List<Recorded> recorded = story(definition, 1_000);
        final EngineContext context = TestContext.stepped(ClockMode.KNOWLEDGE);
        try (Engine whole = TollgateEngine.launch(context.directory(directory.resolve("whole")))) {
            final long known = recorded.get(recorded.size() / 2).knowledge();
            final Predicate<Recorded> isKnown = one -> one.knowledge() <= known;
            feed(whole, definition, recorded.stream().filter(isKnown).toList(), Long.MAX_VALUE);
            whole.admin().backup(directory.resolve("then"));
            feed(whole, definition, recorded.stream().filter(isKnown.negate()).toList(), Long.MAX_VALUE);
            try (Engine then = TollgateEngine.launch(context.directory(directory.resolve("then")))) {
                for (int i = 0; i < 200; i++) {
                    final Window window = WINDOWS[random.nextInt(WINDOWS.length)];
                    final long at =
                            recorded.get(random.nextInt(recorded.size())).time() + random.nextInt(100);
                    assertEquals(
                            new AnswerText(new TestReader(then.newReader()))
                                    .of(find(then), window, at, Instants.ALL_KNOWN),
                            new AnswerText(new TestReader(whole.newReader())).of(find(whole), window, at, known),
                            () -> "seed=" + seed + " known=" + known + " at=" + at + " window=" + window);
                }
            }
        }
    }

    private static Series find(final Engine kept) {
        return kept.series().find("kept").orElseThrow();
    }

    private static String ask(
            final TestReader reader, final Series series, final List<Recorded> recorded, final Random questions) {
        final Window window = WINDOWS[questions.nextInt(WINDOWS.length)];
        final long at = recorded.get(questions.nextInt(recorded.size())).time() + questions.nextInt(100);
        return new AnswerText(reader)
                .of(
                        series,
                        window,
                        at,
                        recorded.get(questions.nextInt(recorded.size())).knowledge());
    }

    @Test
    void shouldAnswerWithTheEndOfTheTruceKnownThen() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("truce", Unit.PERCENT, 0));
        final Publisher publisher = engine.publisher();
        KnownPoint.offer(publisher, rate, instant("2025-05-14T04:01Z"), 30, instant("2025-05-12T07:00Z"));
        KnownPoint.offer(publisher, rate, instant("2025-08-12T04:01Z"), 54, instant("2025-05-12T07:00Z"));
        publisher
                .point(rate)
                .validAt(instant("2025-08-12T04:01Z"))
                .knownAt(instant("2025-08-11T20:00Z"))
                .withdraw();
        engine.awaitApplied(
                KnownPoint.offer(publisher, rate, instant("2025-11-10T05:01Z"), 54, instant("2025-08-11T20:00Z")));
        final LevelReading level = reader.level(rate, instant("2025-07-01T00:00Z"), instant("2025-07-01T00:00Z"));
        assertEquals(instant("2025-08-12T04:01Z"), level.nextChangeAtNs(), "as believed in July");
        assertEquals(30, level.scaledValue());
        reader.readLevel(rate, instant("2025-07-01T00:00Z"), level);
        assertEquals(instant("2025-11-10T05:01Z"), level.nextChangeAtNs(), "as known now");
        reader.readLevel(rate, instant("2025-09-01T00:00Z"), instant("2025-07-01T00:00Z"), level);
        assertEquals(54, level.scaledValue(), "of September, as believed in July");
        reader.readLevel(rate, instant("2025-09-01T00:00Z"), level);
        assertEquals(30, level.scaledValue(), "of September, as known now");
        reader.readLevel(rate, instant("2025-09-01T00:00Z"), instant("2025-05-12T06:59:59Z"), level);
        assertEquals("EMPTY", level.status().toString(), "before anything was known");
    }

    @Test
    void shouldRefuseAKnowledgeTimeThatIsNoInstant() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        Refusals.require(
                IllegalArgumentException.class,
                () -> reader.readLevel(rate, 0, Long.MIN_VALUE, reader.newLevelReading()),
                "instant");
    }

    private static long instant(final String text) {
        return Instants.parse(text);
    }

    /** Returns points in and out of order, revised, withdrawn and offered again, in the order of knowledge. */
    private List<Recorded> story(final SeriesDefinition definition, final int count) {
        final boolean isStep = definition.kind() == SeriesKind.STEP;
        final boolean isNamed = definition.policies().duplicates() == DuplicatePolicy.ALL;
        final int lateShare = random.nextInt(40);
        final int withdrawnShare = random.nextInt(30);
        final List<Recorded> recorded = new ArrayList<>();
        long knowledge = -count;
        for (int i = 0; i < count; i++) {
            knowledge += random.nextInt(3);
            final boolean isRepeat = i > 0 && random.nextInt(100) < lateShare;
            final Recorded before = isRepeat ? recorded.get(random.nextInt(i)) : null;
            final long inOrder = (long) SPREAD_NS * i / count;
            final long time = isRepeat && random.nextInt(4) > 0
                    ? before.time()
                    : inOrder - (random.nextInt(100) < lateShare ? random.nextInt(SPREAD_NS / 2) : 0);
            final long reference =
                    isNamed ? (isRepeat ? before.reference() : random.nextInt(4)) : Publisher.NO_REFERENCE;
            final boolean isWithdrawal = isRepeat && random.nextInt(100) < withdrawnShare;
            final boolean isUnknown = isStep && random.nextInt(12) == 0;
            recorded.add(new Recorded(
                    isWithdrawal, time, isUnknown ? Decimals.UNKNOWN : random.nextInt(200), knowledge, reference));
        }
        withdrawAStretch(recorded, isNamed);
        return recorded;
    }

    /** Withdraws consecutive points, so that blocks and nodes become empty. */
    private void withdrawAStretch(final List<Recorded> recorded, final boolean isNamed) {
        final long knowledge = recorded.get(recorded.size() - 1).knowledge() + 5;
        final int from = random.nextInt(recorded.size());
        final int to = Math.min(recorded.size(), from + 1 + recorded.size() / 4);
        for (int i = from; i < to; i++) {
            final Recorded point = recorded.get(i);
            recorded.add(new Recorded(
                    true, point.time(), 0, knowledge + i, isNamed ? point.reference() : Publisher.NO_REFERENCE));
        }
    }

    private Series feed(final SeriesDefinition definition, final List<Recorded> recorded, final long known) {
        return feed(engine, definition, recorded, known);
    }

    private static Series feed(
            final Engine engine, final SeriesDefinition definition, final List<Recorded> recorded, final long known) {
        final Series series = Twin.define(engine, definition);
        long ticket = 0;
        for (final Recorded one : recorded) {
            if (one.knowledge() <= known) {
                ticket = one.isWithdrawal()
                        ? Twin.withdraw(engine, series, one.time(), one.knowledge(), one.reference())
                        : Twin.offer(engine, series, one.time(), one.value(), one.knowledge(), one.reference());
            }
        }
        if (ticket > 0) {
            engine.awaitApplied(ticket);
        }
        return series;
    }

    private static Engine launch() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));
    }

    private static SeriesDefinition definition(final SeriesKind kind, final String key, final DuplicatePolicy policy) {
        final SeriesDefinition definition = kind == SeriesKind.STEP
                ? SeriesDefinition.step(key, Unit.PERCENT, 0)
                : SeriesDefinition.flow(key, Unit.COUNT, 0);
        return definition.withDuplicates(policy).withWindows(Window.slidingNs(1_000), Window.slidingNs(77_777));
    }

    /** Adds a heartbeat, a start of life, a period or shapes, or none of them. */
    private SeriesDefinition varied(final SeriesDefinition definition) {
        SeriesDefinition varied = random.nextBoolean() ? definition.withShapes() : definition;
        if (definition.kind() == SeriesKind.STEP) {
            varied = random.nextInt(3) == 0 ? varied.withHeartbeat(Duration.ofNanos(20_000)) : varied;
        } else if (random.nextInt(3) == 0) {
            varied = varied.withPeriod(new ReportingPeriod.Fixed(5_000));
        } else if (random.nextBoolean()) {
            varied = varied.withLifeStart(-1_000);
        }
        return varied;
    }

    private static SeriesDefinition renamed(final SeriesDefinition definition, final String key) {
        return new SeriesDefinition(
                key,
                definition.kind(),
                definition.unit(),
                definition.scale(),
                definition.policies(),
                definition.windows(),
                definition.keepsShapes());
    }

    private static Pair pair(final Series x, final Series y, final long bucketNs) {
        return bucketNs == 0
                ? Pair.asOf((StepSeries) x, (StepSeries) y)
                : Pair.byBucket(x, y, Bucket.of(Duration.ofNanos(bucketNs)));
    }
}
