package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.panel.GroupAnswer;
import io.tollgate.core.panel.MemberReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Readers outlive their engine or view. After the close each of them refuses every call and touches no memory. */
class ClosedReaderTest {
    private static final Window WINDOW = Window.slidingNs(100);
    private static final int MEMBERS = 200;
    private static final int MANY_MEMBERS = 20_000;
    private static final int ROUNDS = 20;
    private static final int MAX_WAIT_S = 60;

    @TempDir
    private Path temporary;

    private TollgateEngine engine() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT, temporary.resolve("data"))
                .limits(Limits.DEFAULT.withFirstMapEntries(1 << 10)));
    }

    private static StepSeries rate(final Engine engine, final int number) {
        return engine.defineStep(SeriesDefinition.step("rate." + number, Unit.PERCENT, 2));
    }

    @Test
    void shouldRefuseOnceTheEngineIsClosed() {
        final List<Executable> calls;
        try (Engine engine = engine()) {
            calls = calls(engine, new TestReader(engine.newReader()), engine.newPanelReader());
        }
        requireRefusals(calls);
    }

    @Test
    void shouldRefuseOnceTheViewIsClosed() {
        try (Engine engine = engine()) {
            final List<Executable> calls;
            try (DirectoryView view = DirectoryView.open(temporary.resolve("data"))) {
                calls = calls(engine, new TestReader(view.newReader()), view.newPanelReader());
            }
            requireRefusals(calls);
        }
    }

    private static void requireRefusals(final List<Executable> calls) {
        for (int i = 0; i < calls.size(); i++) {
            final String refusal = assertThrows(IllegalStateException.class, calls.get(i), "call=" + i)
                    .getMessage();
            assertTrue(refusal.contains("closed"), "call=" + i + " " + refusal);
        }
    }

    /** Returns all calls that read the store. Each is called once while the store is open. */
    private static List<Executable> calls(final Engine engine, final TestReader reader, final PanelReader panel) {
        final StepSeries x = rate(engine, 0);
        final StepSeries y = rate(engine, 1);
        final FlowSeries f = engine.defineFlow(SeriesDefinition.flow("flow.f", Unit.COUNT, 0));
        final FlowSeries g = engine.defineFlow(SeriesDefinition.flow("flow.g", Unit.COUNT, 0));
        final List<Executable> calls = new ArrayList<>();
        addReads(calls, reader, x, y);
        final Group group =
                Group.of(GroupMember.of(x).withCode("8541"), GroupMember.of(y).withCode("87"));
        final Group fitting = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 2)));
        final GroupAnswer reading = ((MemberReader) panel).group(group);
        final Stack stack = Stack.of(Composition.of(Layer.add("x", x), Layer.add("y", y)));
        final EventStudy study =
                EventStudy.ofMean(List.of(x), List.of(70L), List.of(20L, 30L, 40L, 50L, 60L, 70L, 80L), 4);
        calls.add(() -> panel.group(group));
        calls.add(() -> panel.group(fitting));
        calls.add(() -> panel.hierarchy(Hierarchy.byPrefix(group, 2)));
        calls.add(() -> ((MemberReader) panel).newWalk(reading));
        calls.add(() -> panel.effects(group));
        calls.add(() -> panel.asOf(0).stack(stack));
        calls.add(() -> panel.study(study));
        calls.add(() -> panel.ratio(FlowRatio.of(f, g), WINDOW));
        calls.add(() -> panel.passThrough(new PassThrough(y, x, List.of(20L, 80L))));
        calls.add(() -> panel.elasticity(new Elasticity(List.of(f), x), WINDOW));
        calls.add(() -> panel.comparison(Comparison.of(x, y), WINDOW, 10));
        calls.forEach(call -> {
            try {
                call.execute();
            } catch (final Throwable e) {
                throw new AssertionError(e);
            }
        });
        return calls;
    }

    private static void addReads(
            final List<Executable> calls, final TestReader reader, final StepSeries x, final StepSeries y) {
        final WindowReading window = reader.newReading();
        final LevelReading level = reader.newLevelReading();
        final PendingReading pending = reader.newPendingReading(1);
        final VersionReading versions = reader.newVersionReading(1);
        final PairReading pair = reader.newPairReading();
        for (final StepSeries series : List.of(x, y)) {
            calls.add(() -> reader.read(series, WINDOW, 0, window));
            calls.add(() -> reader.readLevel(series, 0, level));
            calls.add(() -> reader.readPending(series, 0, pending));
            calls.add(() -> reader.readPoints(series, WINDOW, 0, Instants.MAX, versions));
            calls.add(() -> reader.readPair(Pair.asOf(x, series), WINDOW, 0, pair));
        }
    }

    /** A new reading reads the records of its members, and the close waits for that. */
    @Test
    void shouldCloseWhileReadingsAreMade() throws Exception {
        try (Engine engine = engine()) {
            final List<GroupMember> members = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                members.add(GroupMember.of(rate(engine, i)));
            }
            final Group group = Group.of(members);
            for (int round = 0; round < ROUNDS; round++) {
                final DirectoryView view = DirectoryView.open(temporary.resolve("data"));
                final PanelReader panel = view.newPanelReader();
                requireCloses(view, round, () -> panel.group(group));
            }
        }
    }

    /** Registering a group or watches reads the records of its members on the calling thread. */
    @Test
    @Tag("nightly")
    void shouldCloseWhileLargeGroupsAreRegisteredAndWatched() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final TollgateEngine engine = TollgateEngine.launch(TestContext.plain());
            final List<GroupMember> members = new ArrayList<>();
            for (int i = 0; i < MANY_MEMBERS; i++) {
                members.add(GroupMember.of(rate(engine, i)));
            }
            final WatchSet watches =
                    WatchSet.of("watched", Watch.above(WatchedPanel.of(Group.of(members), GroupMetric.SIMPLE), 1));
            final AtomicInteger size = new AtomicInteger(MANY_MEMBERS);
            requireCloses(
                    engine,
                    round,
                    () -> engine.series().register(Group.of(members.subList(0, size.getAndDecrement()))),
                    () -> {
                        engine.updates()
                                .subscribe(watches, QueueOptions.DEFAULT)
                                .close();
                        engine.updates().unsubscribe("watched");
                    });
        }
    }

    /** Any number of threads may call a view itself. */
    @Test
    void shouldCloseWhileSeriesAreLookedFor() throws Exception {
        try (Engine engine = engine()) {
            for (int i = 0; i < MEMBERS; i++) {
                rate(engine, i);
            }
            for (int round = 0; round < ROUNDS; round++) {
                final DirectoryView view = DirectoryView.open(temporary.resolve("data"));
                requireCloses(
                        view,
                        round,
                        () -> assertEquals(
                                "rate.7", view.find("rate.7").orElseThrow().key()),
                        () -> assertTrue(view.find("rate.none").isEmpty()),
                        () -> assertEquals(MEMBERS, view.seriesCount()),
                        () -> view.forEachSeries(
                                series -> assertTrue(series.key().startsWith("rate."))));
            }
        }
    }

    /** Any thread may make the calls that do not wait for a stepped engine. */
    @Test
    void shouldCloseASteppedEngineWhileSeriesAreLookedFor() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final TollgateEngine engine =
                    TollgateEngine.launch(TestContext.stepped().limits(Limits.DEFAULT.withFirstMapEntries(1 << 10)));
            final StepSeries rate = rate(engine, 0);
            requireCloses(
                    engine,
                    round,
                    () -> assertEquals(rate, engine.series().find("rate.0").orElseThrow()),
                    () -> assertTrue(engine.series().find("rate.none").isEmpty()),
                    () -> assertEquals(rate, engine.series().find(rate.number()).orElseThrow()),
                    () -> assertTrue(engine.admin().statistics().seriesCount() > 0));
        }
    }

    /** Closes during endless calls of several threads, once one of them got enough answers. */
    private static void requireCloses(final AutoCloseable open, final int answers, final Runnable... asked)
            throws Exception {
        final AtomicInteger answerCount = new AtomicInteger();
        final List<FutureTask<Void>> asking = new ArrayList<>();
        for (final Runnable question : asked) {
            final FutureTask<Void> task = new FutureTask<>(() -> {
                while (true) {
                    question.run();
                    answerCount.incrementAndGet();
                }
            });
            asking.add(task);
            new Thread(task).start();
        }
        while (answerCount.get() <= answers && asking.stream().noneMatch(FutureTask::isDone)) {
            Thread.onSpinWait();
        }
        open.close();
        for (final FutureTask<Void> task : asking) {
            final Throwable end = assertThrows(ExecutionException.class, () -> task.get(MAX_WAIT_S, TimeUnit.SECONDS))
                    .getCause();
            assertInstanceOf(IllegalStateException.class, end);
            assertTrue(end.getMessage().contains("closed"), end::getMessage);
        }
    }
}
