package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A view makes no read while its engine fills the known maps and makes new ones. The first read afterwards must return
 * the answer of the engine.
 */
class ViewGrowthTest {
    /** Fewer than fill the first map to the point at which the next one is made. */
    private static final int KNOWN = 600;

    private static final int ALL = 1_200;
    private static final int FIRST_MAP_ENTRIES = 1_024;
    private static final long AT_NS = 5_000;
    private static final Window WINDOW = Window.slidingNs(10_000);

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "series",
                    (asked, series) -> asked.find().apply(series.key()).toString()),
            new Question("level", (asked, series) -> {
                final LevelReading reading = asked.reader().newLevelReading();
                asked.reader().readLevel(series, AT_NS, reading);
                return reading.status() + " " + reading.value() + " " + reading.sinceNs();
            }),
            new Question(
                    "window",
                    (asked, series) -> new AnswerText(asked.reader()).of(series, WINDOW, AT_NS, Instants.ALL_KNOWN)),
            new Question("pending", (asked, series) -> {
                final PendingReading reading = asked.reader().newPendingReading(2);
                asked.reader().readPending(series, 0, reading);
                return reading.status() + " " + reading.count();
            }),
            new Question("listed member", (asked, series) -> mean(asked.panel(), Group.of(GroupMember.of(series)))),
            new Question(
                    "members by pattern",
                    (asked, series) -> mean(
                            asked.panel(),
                            Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 2))))));

    @TempDir
    private Path temporary;

    private record Asked(Function<String, Optional<Series>> find, TestReader reader, PanelReader panel) {}

    private record Question(String name, BiFunction<Asked, StepSeries, String> ask) {}

    private static String mean(final PanelReader panel, final Group group) {
        final GroupReading reading = panel.group(group).read(AT_NS);
        return reading.status(GroupMetric.SIMPLE) + " " + reading.value(GroupMetric.SIMPLE);
    }

    private EngineContext context() {
        return TestContext.stepped(ClockMode.EVENT, temporary.resolve("data"))
                .limits(Limits.DEFAULT.withFirstMapEntries(FIRST_MAP_ENTRIES));
    }

    private Engine engine() {
        return TollgateEngine.launch(context());
    }

    private static StepSeries define(final Engine engine, final int number) {
        return engine.defineStep(SeriesDefinition.step("rate." + number, Unit.PERCENT, 2));
    }

    private static void offer(final Engine engine, final StepSeries series, final int number) {
        engine.awaitApplied(engine.publisher().offer(series, 1 + number, 100L * number));
    }

    /** Keys and records of series continue in maps that no view has open. */
    @Test
    void shouldAnswerAtOnceForSeriesInUnknownMaps() {
        try (Engine engine = engine()) {
            for (int i = 0; i < KNOWN; i++) {
                offer(engine, define(engine, i), i);
            }
            requireAnswers(engine, () -> {
                for (int i = KNOWN; i < ALL; i++) {
                    offer(engine, define(engine, i), i);
                }
            });
            assertTrue(Files.exists(temporary.resolve("data/store/names-1.map")));
        }
    }

    /** All series exist, and the blocks of their points continue in a map that no view has open. */
    @Test
    void shouldAnswerAtOnceForPointsInUnknownMaps() {
        try (Engine engine = engine()) {
            final List<StepSeries> series = new ArrayList<>();
            for (int i = 0; i < ALL; i++) {
                series.add(define(engine, i));
            }
            for (int i = 0; i < KNOWN; i++) {
                offer(engine, series.get(i), i);
            }
            requireAnswers(engine, () -> {
                for (int i = KNOWN; i < ALL; i++) {
                    offer(engine, series.get(i), i);
                }
            });
            assertTrue(Files.exists(temporary.resolve("data/store/tiny-1.map")));
        }
    }

    /** A map gets its name and a view opens it. Then the force of the directory fails, and the map is made again. */
    @ParameterizedTest
    @ValueSource(strings = {"names", "series", "tiny"})
    void shouldAnswerForAMapThatWasDeletedAfterItWasSeen(final String chain) {
        final List<DirectoryView> views = new ArrayList<>();
        final AtomicBoolean isRefused = new AtomicBoolean();
        final HookedFiles files = new HookedFiles() {
            @Override
            public void after(final Call call, final Path file, final Path target) {
                if (call == Call.RENAME && target.endsWith(chain + "-1.map") && views.isEmpty()) {
                    views.add(DirectoryView.open(temporary.resolve("data")));
                }
            }

            @Override
            public void before(final Call call, final Path file) throws IOException {
                if (call == Call.FORCE_DIRECTORY && !views.isEmpty() && isRefused.compareAndSet(false, true)) {
                    throw new IOException("refused");
                }
            }
        };
        final List<Throwable> errors = new ArrayList<>();
        try (Engine engine =
                TollgateEngine.launch(InjectedFiles.inject(context(), files).errorHandler(errors::add))) {
            for (int i = 0; i < ALL; i++) {
                offer(engine, define(engine, i), i);
            }
            assertTrue(isRefused.get());
            assertEquals(1, errors.size());
            final DirectoryView view = views.get(0);
            assertEquals(ALL, view.seriesCount());
            requireSameOfLast(engine, view, QUESTIONS);
        } finally {
            CloseHelper.closeAll(views);
        }
    }

    /** An interrupt aborts the mapping of a file, so the view defers the interrupt until the answer is complete. */
    @Test
    void shouldAnswerOnAnInterruptedThread() {
        try (Engine engine = engine();
                DirectoryView view = DirectoryView.open(temporary.resolve("data"))) {
            try {
                requireAnswers(engine, () -> {
                    for (int i = 0; i < ALL; i++) {
                        offer(engine, define(engine, i), i);
                    }
                    Thread.currentThread().interrupt();
                });
                assertEquals(ALL, view.seriesCount());
                assertEquals(OptionalLong.of(engine.now()), view.now());
            } finally {
                assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            }
        }
    }

    /** Asks each question first on a view that was opened before the growth. */
    private void requireAnswers(final Engine engine, final Runnable growth) {
        final List<DirectoryView> views = new ArrayList<>();
        try {
            for (int i = 0; i < QUESTIONS.size(); i++) {
                views.add(DirectoryView.open(temporary.resolve("data")));
                assertEquals(
                        engine.admin().statistics().seriesCount(), views.get(i).seriesCount());
            }
            growth.run();
            for (int i = 0; i < QUESTIONS.size(); i++) {
                requireSameOfLast(engine, views.get(i), List.of(QUESTIONS.get(i)));
            }
        } finally {
            CloseHelper.closeAll(views);
        }
    }

    private static void requireSameOfLast(
            final Engine engine, final DirectoryView view, final List<Question> questions) {
        final Asked inside =
                new Asked(engine.series()::find, new TestReader(engine.newReader()), engine.newPanelReader());
        final Asked outside = new Asked(view::find, new TestReader(view.newReader()), view.newPanelReader());
        final StepSeries last =
                (StepSeries) engine.series().find("rate." + (ALL - 1)).orElseThrow();
        for (final Question question : questions) {
            assertEquals(question.ask().apply(inside, last), question.ask().apply(outside, last), question.name());
        }
    }
}
