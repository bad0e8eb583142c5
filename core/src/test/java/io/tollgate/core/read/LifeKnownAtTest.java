package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A closed series as known at K equals one of an engine that got only the operations known by K. It is open before its
 * end becomes known and closed from then on, regardless of late operations.
 */
class LifeKnownAtTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;
    private static final Window[] WINDOWS = {
        Window.slidingNs(1),
        Window.slidingNs(30),
        Window.slidingNs(300),
        new Window.Sliding(40, Closed.LEFT),
        new Window.Sliding(50, Closed.BOTH),
        Window.last(3),
        Window.last(500),
        Window.since(20)
    };

    private final long seed = TestSeed.of("closed as known at");
    private final Random random = new Random(seed);

    @AutoClose
    private final Engine engine = launch(TestContext.plain());

    /** An operation: a point, a withdrawal, or the end. */
    private record Recorded(String what, long time, long value, long known) {}

    private static Engine launch(final EngineContext context) {
        return TollgateEngine.launch(context.clockMode(ClockMode.KNOWLEDGE).threadingMode(ThreadingMode.STEPPED));
    }

    private SeriesDefinition definition(final boolean isStep, final String key) {
        if (isStep) {
            final SeriesDefinition step =
                    SeriesDefinition.step(key, Unit.PERCENT, 0).withWindows(WINDOWS[1]);
            return random.nextBoolean() ? step : step.withHeartbeat(Duration.ofNanos(25));
        }
        final SeriesDefinition flow = SeriesDefinition.flow(key, Unit.COUNT, 0).withWindows(WINDOWS[1]);
        return switch (random.nextInt(3)) {
            case 0 -> flow;
            case 1 -> flow.withLifeStart(-20);
            default -> flow.withPeriod(ReportingPeriod.of(Duration.ofNanos(10)));
        };
    }

    /** Returns points before and after an end, withdrawals of those after it, the end, and late operations. */
    private List<Recorded> story(final boolean isStep) {
        final List<Recorded> recorded = new ArrayList<>();
        final long end = 60 + random.nextInt(60);
        long known = 0;
        for (int i = random.nextInt(40); i > 0; i--) {
            known += random.nextInt(3);
            recorded.add(new Recorded("point", random.nextInt(150), random.nextInt(9), known));
        }
        for (final Recorded point : List.copyOf(recorded)) {
            final boolean isGone = recorded.stream()
                    .anyMatch(other -> other.what().equals("withdrawal") && other.time() == point.time());
            if (point.time() >= end && !isGone) {
                known += random.nextInt(3);
                recorded.add(new Recorded("withdrawal", point.time(), 0, known));
            }
        }
        known += random.nextInt(5);
        recorded.add(new Recorded("end", end, 0, known));
        for (int i = random.nextInt(30); i > 0; i--) {
            known += random.nextInt(3);
            recorded.add(new Recorded("point", end - 1 - random.nextInt(60), isStep ? 3 : 1, known));
        }
        return recorded;
    }

    private static Series feed(
            final Engine engine, final SeriesDefinition definition, final List<Recorded> recorded, final long knownAt) {
        final Series series = Twin.define(engine, definition);
        for (final Recorded one : recorded) {
            if (one.known() <= knownAt) {
                switch (one.what()) {
                    case "end" ->
                        engine.series().close(series, LifeEnd.at(one.time()).knownAt(one.known()));
                    case "point" ->
                        engine.awaitApplied(
                                Twin.offer(engine, series, one.time(), one.value(), one.known(), one.time()));
                    default -> engine.awaitApplied(Twin.withdraw(engine, series, one.time(), one.known(), one.time()));
                }
            }
        }
        return series;
    }

    private long knownOf(final List<Recorded> recorded) {
        return recorded.get(random.nextInt(recorded.size())).known() + random.nextInt(3) - 1;
    }

    @Test
    void shouldAnswerAsAnEngineWithoutLaterOperations() {
        final AnswerText answers = new AnswerText(new TestReader(engine.newReader()));
        for (int i = 0; i < 60; i++) {
            final boolean isStep = random.nextBoolean();
            final SeriesDefinition definition = definition(isStep, "all." + i);
            final List<Recorded> recorded = story(isStep);
            final Series all = feed(engine, definition, recorded, ALL_KNOWN);
            for (int j = 0; j < 6; j++) {
                final long known = knownOf(recorded);
                final Series past = feed(engine, Twin.renamed(definition, ".past." + j), recorded, known);
                for (int k = 0; k < 20; k++) {
                    final Window window = WINDOWS[random.nextInt(WINDOWS.length)];
                    final long at = random.nextInt(200) - 20;
                    assertEquals(
                            answers.of(past, window, at, ALL_KNOWN),
                            answers.of(all, window, at, known),
                            () -> "seed=" + seed + " known=" + known + " at=" + at + " window=" + window
                                    + " definition=" + definition + " recorded=" + recorded);
                }
            }
        }
    }

    @Test
    void shouldReadPairsAndGroupsAsWithoutLaterOperations() {
        final TestReader reader = new TestReader(engine.newReader());
        final AnswerText answers = new AnswerText(reader);
        final PanelReader panel = engine.newPanelReader();
        for (int i = 0; i < 20; i++) {
            final boolean isStep = i % 2 == 0;
            final List<Recorded> recordedX = story(isStep);
            final List<Recorded> recordedY = story(isStep);
            final SeriesDefinition x = definition(isStep, "x." + i);
            final SeriesDefinition y = definition(isStep, "y." + i);
            final Pair all = pair(feed(engine, x, recordedX, ALL_KNOWN), feed(engine, y, recordedY, ALL_KNOWN));
            for (int j = 0; j < 4; j++) {
                final long known = knownOf(recordedX);
                final Pair past = pair(
                        feed(engine, Twin.renamed(x, "." + j), recordedX, known),
                        feed(engine, Twin.renamed(y, "." + j), recordedY, known));
                for (int k = 0; k < 10; k++) {
                    final Window window = Window.slidingNs(1 + random.nextInt(90));
                    final long at = random.nextInt(200) - 20;
                    final String where = "seed=" + seed + " known=" + known + " at=" + at + " window=" + window;
                    assertEquals(
                            answers.of(past, window, at, ALL_KNOWN), answers.of(all, window, at, known), () -> where);
                    if (isStep) {
                        assertEquals(
                                groups(panel, past, window, at, ALL_KNOWN),
                                groups(panel, all, window, at, known),
                                where);
                    }
                }
            }
        }
    }

    private static Pair pair(final Series x, final Series y) {
        return x instanceof StepSeries step
                ? Pair.asOf(step, (StepSeries) y)
                : Pair.byBucket(x, y, Bucket.of(Duration.ofNanos(7)));
    }

    private static String groups(
            final PanelReader panel, final Pair pair, final Window window, final long at, final long known) {
        final Group group = Group.of(GroupMember.of((StepSeries) pair.x()), GroupMember.of((StepSeries) pair.y()));
        final PanelReader then = panel.asOf(known);
        final StringBuilder text = new StringBuilder();
        for (final GroupReading reading : List.of(then.group(group), then.group(group, window))) {
            reading.read(at);
            for (final GroupMetric metric : GroupMetric.values()) {
                text.append(reading.status(metric))
                        .append(' ')
                        .append(reading.value(metric))
                        .append(' ');
            }
        }
        return text.toString();
    }

    /**
     * The answers are compared live, after reopening, after a rebuild from a checkpoint, and after a rebuild from the
     * log alone.
     */
    @Test
    @Tag("ci")
    void shouldAnswerTheSameWhenOpenedAgainAndRebuilt(@TempDir final Path directory) throws Exception {
        final List<SeriesDefinition> definitions = new ArrayList<>();
        final List<List<Recorded>> stories = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            definitions.add(definition(i % 2 == 0, "series." + i));
            stories.add(story(i % 2 == 0));
        }
        final Path data = directory.resolve("data");
        final Path killed = directory.resolve("killed");
        final List<String> expected;
        try (Engine first = launch(TestContext.plain().directory(data))) {
            for (int i = 0; i < 6; i++) {
                feed(first, definitions.get(i), stories.get(i), ALL_KNOWN);
                if (i == 3) {
                    first.admin().checkpoint();
                }
            }
            expected = answers(first, stories);
            new DamagedDirectory(data).copyTo(killed);
            first.admin().backup(directory.resolve("backup"));
        }
        final Path rebuilt = directory.resolve("rebuilt");
        new DamagedDirectory(killed).copyTo(rebuilt);
        new DirectoryFiles(rebuilt).deleteCheckpoints();
        for (final Path opened : List.of(data, killed, rebuilt, directory.resolve("backup"))) {
            try (Engine again = launch(TestContext.plain().directory(opened))) {
                assertEquals(expected, answers(again, stories), opened::toString);
                for (int i = 0; i < 6; i++) {
                    closeAgain(again, definitions.get(i), stories.get(i));
                }
                assertEquals(expected, answers(again, stories), opened::toString);
            }
        }
    }

    /** Closes the series again, which has no effect. */
    private static void closeAgain(
            final Engine engine, final SeriesDefinition definition, final List<Recorded> recorded) {
        feed(
                engine,
                definition,
                recorded.stream().filter(one -> one.what().equals("end")).toList(),
                ALL_KNOWN);
    }

    private List<String> answers(final Engine engine, final List<List<Recorded>> stories) {
        final AnswerText answers = new AnswerText(new TestReader(engine.newReader()));
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < stories.size(); i++) {
            final Series series = engine.series().find("series." + i).orElseThrow();
            for (final Recorded one : stories.get(i)) {
                for (final Window window : WINDOWS) {
                    all.add(answers.of(series, window, one.time() + 5, one.known()));
                    all.add(answers.of(series, window, one.time() + 40, ALL_KNOWN));
                }
            }
        }
        return all;
    }
}
