package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FailingReads;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.report.DirectoryState;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory read from outside: beside its engine, after the engine, and if it is defective. */
class DirectoryViewTest {
    private static final Window WINDOW = Window.slidingNs(1_000);
    private static final Window ALL = Window.slidingNs(1L << 40);

    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("data");
    }

    private EngineContext context() {
        return Lanes.stepped(directory());
    }

    @Test
    void shouldAnswerAsTheEngineDoes() {
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 4, 0, 500);
            try (DirectoryView view = DirectoryView.open(directory())) {
                assertEquals(DirectoryState.OPEN, view.state());
                assertEquals(OptionalLong.of(engine.now()), view.now());
                requireSame(engine, view);
            }
        }
    }

    /**
     * The engine closes just before one of the view's checks of the header or the seal. The directory is intact all the
     * time.
     */
    @Test
    void shouldOpenADirectoryThatItsEngineClosesMeanwhile() {
        boolean isClosed = true;
        int looks = 0;
        while (isClosed) {
            final int[] left = {looks++};
            final Engine engine = TollgateEngine.launch(context());
            try {
                final Path looked = FailingReads.over(directory(), path -> {
                    if ((path.endsWith("header") || path.endsWith("seal")) && left[0]-- == 0) {
                        engine.close();
                    }
                });
                DirectoryView.open(looked).close();
            } finally {
                engine.close();
            }
            isClosed = left[0] < 0;
        }
        assertTrue(looks > 8, "looks=" + looks);
    }

    /** The engine adds series, windows, blocks and whole maps, far more than the first maps hold. */
    @Test
    @Tag("ci")
    void shouldSeeWhatIsAddedWhileItIsOpen() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 1, 0, 10);
            try (DirectoryView view = DirectoryView.open(directory())) {
                final TestReader reader = new TestReader(view.newReader());
                assertTrue(view.find("count.1").isEmpty());
                feed(engine, 40, 10, 400);
                Lanes.requireSame(view::find, reader, 40, "view");
                engine.series().register(WindowRegistration.of("lane.*").withWindows(Window.slidingNs(555)));
                feed(engine, 40, 400, 410);
                Lanes.requireSame(view::find, reader, 40, "view with windows of patterns");
                assertTrue(
                        view.find("lane.3").orElseThrow().definition().windows().contains(Window.slidingNs(555)));
                requireSame(engine, view);
                assertEquals(60, view.seriesCount());
                addMaps(engine);
                requireSame(engine, view);
                assertEquals(2_560, view.seriesCount());
                assertTrue(Files.exists(directory().resolve("store/names-1.map")));
                assertTrue(Files.exists(directory().resolve("store/medium-1.map")));
            }
        }
    }

    @Test
    void shouldFindTheSeriesThatTheEngineFinds() {
        try (Engine engine = TollgateEngine.launch(context());
                DirectoryView view = DirectoryView.open(directory())) {
            // The two keys have the same hash.
            engine.defineStep(SeriesDefinition.step("rate.Aa", Unit.PERCENT, 2).withWindows(WINDOW));
            engine.defineFlow(SeriesDefinition.flow("rate.BB", Unit.COUNT, 0));
            for (final String key : List.of("rate.Aa", "rate.BB")) {
                assertEquals(engine.series().find(key), view.find(key));
                assertEquals(
                        engine.series().find(key).orElseThrow().definition(),
                        view.find(key).orElseThrow().definition());
            }
            assertTrue(view.find("rate.C").isEmpty());
            final List<String> keys = new ArrayList<>();
            view.forEachSeries(series -> keys.add(series.key()));
            assertEquals(List.of("rate.Aa", "rate.BB"), keys.stream().sorted().toList());
        }
    }

    /** With an entrance for each lookup, each one would visit all earlier entrances not yet collected. */
    @Test
    void shouldHaveOneEntranceAfterManyLookups() throws ReflectiveOperationException {
        try (Engine engine = TollgateEngine.launch(context())) {
            final long number = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2))
                    .number();
            try (DirectoryView view = DirectoryView.open(directory())) {
                for (int i = 0; i < 1_000; i++) {
                    assertEquals("rate", view.find(number).orElseThrow().key());
                    assertTrue(view.find(number + 2).isEmpty());
                }
                final Field gate = DirectoryView.class.getDeclaredField("gate");
                final Field entrances = ReadGate.class.getDeclaredField("entrances");
                gate.setAccessible(true);
                entrances.setAccessible(true);
                assertEquals(1, ((List<?>) entrances.get(gate.get(view))).size());
            }
        }
    }

    /** A group by pattern gets a member that is defined while the view is open. */
    @Test
    void shouldReadGroupsAsTheEngineDoes() {
        final Group group = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 2)));
        try (Engine engine = TollgateEngine.launch(context());
                DirectoryView view = DirectoryView.open(directory())) {
            final PanelReader inside = engine.newPanelReader();
            final PanelReader outside = view.newPanelReader();
            for (int i = 1; i <= 40; i++) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2));
                KnownPoint.apply(engine, rate, i, 100L * i, i, i);
                final GroupReading expected = inside.group(group).read(i);
                final GroupReading found = outside.group(group).read(i);
                assertEquals((i + 1) / 2.0, found.value(GroupMetric.SIMPLE));
                for (final GroupMetric metric : GroupMetric.values()) {
                    assertEquals(expected.status(metric), found.status(metric));
                    assertEquals(expected.value(metric), found.value(metric));
                }
            }
        }
    }

    /** A reopening continues with the same files, and a rebuilt store is another one. */
    @Test
    void shouldReadOnOverACleanReopeningAndRefuseAfterARebuild() throws IOException {
        final DirectoryView view;
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 2, 0, 100);
            view = DirectoryView.open(directory());
        }
        final TestReader reader = new TestReader(view.newReader());
        assertEquals(DirectoryState.CLOSED, view.state());
        Lanes.requireSame(view::find, reader, 2, "closed");
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 2, 100, 200);
            Lanes.requireSame(view::find, reader, 2, "open again");
            requireSame(engine, view);
        }
        leaveUnclosed(directory());
        assertEquals(DirectoryState.NOT_CLOSED, view.state());
        Lanes.requireSame(view::find, reader, 2, "as it was left");
        final Series series = view.find("lane.0").orElseThrow();
        try (Engine engine = TollgateEngine.launch(context())) {
            Refusals.require(IllegalStateException.class, () -> PointCount.of(reader, series), "rebuilt");
            assertThrows(IllegalStateException.class, () -> view.find("lane.0"));
            assertThrows(IllegalStateException.class, view::newReader);
            try (DirectoryView another = DirectoryView.open(directory())) {
                requireSame(engine, another);
            }
        }
        view.close();
    }

    @Test
    void shouldRefuseReadersOnceItIsClosed() {
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 1, 0, 10);
            final DirectoryView view = DirectoryView.open(directory());
            final TestReader reader = new TestReader(view.newReader());
            final Series series = view.find("lane.0").orElseThrow();
            view.close();
            view.close();
            assertThrows(IllegalStateException.class, () -> PointCount.of(reader, series));
            assertThrows(IllegalStateException.class, () -> view.find("lane.0"));
        }
    }

    /** The view takes no lock, writes no file, and needs no write permission. */
    @Test
    void shouldLeaveNoTraceInADirectoryThatItMayOnlyRead() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 4, 0, 100);
        }
        final TreeMap<String, String> before = tree();
        setWritable(false);
        try (DirectoryView view = DirectoryView.open(directory())) {
            Lanes.requireSame(view::find, new TestReader(view.newReader()), 4, "read only");
            assertEquals(before, tree());
            setWritable(true);
            // A view holds no resource that prevents an opening.
            TollgateEngine.launch(context()).close();
        }
    }

    /** Leaves a directory like a killed process. */
    static void leaveUnclosed(final Path directory) throws IOException {
        new DirectoryFiles(directory).markKilled();
    }

    /** Defines many series of one point, and one of many points. */
    private static void addMaps(final Engine engine) {
        long ticket = 0;
        for (int i = 0; i < 2_500; i++) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("more." + i, Unit.COUNT, 0));
            ticket = KnownPoint.offer(engine.publisher(), series, i, i, i + 100_000, i);
            engine.awaitApplied(ticket);
        }
        for (int lane = 0; lane < 1; lane++) {
            new Lanes(engine, 4).feed(lane, 410, 40_000);
        }
    }

    static void feed(final Engine engine, final int laneCount, final long from, final long to) {
        final Lanes lanes = new Lanes(engine, laneCount);
        for (int lane = 0; lane < laneCount; lane++) {
            lanes.feed(lane, Math.min(from, Lanes.numberIn(engine, lane)), to);
        }
    }

    private static void requireSame(final Engine engine, final DirectoryView view) {
        final TestReader inside = new TestReader(engine.newReader());
        final TestReader outside = new TestReader(view.newReader());
        final LongAdder seen = new LongAdder();
        view.forEachSeries(series -> {
            seen.increment();
            assertEquals(engine.series().find(series.key()), view.find(series.key()));
            assertEquals(text(inside, series), text(outside, series), series.key());
        });
        assertEquals(engine.admin().statistics().seriesCount(), seen.sum());
    }

    static String text(final TestReader reader, final Series series) {
        final AnswerText text = new AnswerText(reader);
        return text.of(series, Window.slidingNs(173), 4_000, Instants.MAX)
                + text.of(series, ALL, 5_000, Instants.MAX)
                + text.of(series, Window.last(9), 3_777, 3_500);
    }

    private TreeMap<String, String> tree() throws IOException {
        final TreeMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory())) {
            for (final Path file : files.toList()) {
                tree.put(
                        file.toString(),
                        Files.getLastModifiedTime(file)
                                + (Files.isDirectory(file)
                                        ? ""
                                        : " "
                                                + ByteBuffer.wrap(Files.readAllBytes(file))
                                                        .hashCode()));
            }
        }
        return tree;
    }

    private void setWritable(final boolean isWritable) throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            for (final Path file : files.toList()) {
                assertTrue(file.toFile().setWritable(isWritable, true));
            }
        }
        // The superuser may read and write everything.
        assertFalse(isWritable && !Files.isWritable(directory()));
    }
}
