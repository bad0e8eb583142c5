package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.operation.LifeEndOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.store.SeriesStore;
import java.nio.file.Path;
import org.agrona.LangUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series ends, and another one of another unit or scale succeeds it. Both stay separate series. */
class SuccessionTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;

    private static StepSeries step(final Engine engine, final String key, final Unit unit, final int scale) {
        return engine.defineStep(SeriesDefinition.step(key, unit, scale));
    }

    private static void assertLinks(
            final TestReader reader,
            final Series series,
            final long known,
            final long predecessor,
            final long successor) {
        final LifeReading life = reader.life(series, known);
        assertEquals(Status.OK, life.status(), series.key());
        assertEquals(predecessor, life.predecessor(), series.key());
        assertEquals(successor, life.successor(), series.key());
    }

    private static void refuse(final String expected, final Engine engine, final Series series, final LifeEnd end) {
        Refusals.require(RuntimeException.class, () -> engine.series().close(series, end), expected);
    }

    @Test
    void shouldLeadFromEachSeriesToTheNextAndBack() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final TestReader reader = new TestReader(engine.newReader());
            final StepSeries[] chain = new StepSeries[6];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = step(engine, "duty." + i, i % 2 == 0 ? Unit.PERCENT : Unit.BASIS_POINT, i);
            }
            for (int i = 1; i < chain.length; i++) {
                engine.series()
                        .close(chain[i - 1], LifeEnd.at(10 * i).knownAt(100 * i).followedBy(chain[i]));
                // A repeated close has no effect, even if the successor was closed meanwhile.
                engine.series().close(chain[i - 1], LifeEnd.at(10 * i).followedBy(chain[i]));
            }
            engine.series().close(chain[0], LifeEnd.at(10).followedBy(chain[1]));
            for (int i = 0; i < chain.length; i++) {
                final long before = i == 0 ? Series.NO_NUMBER : chain[i - 1].number();
                final long after = i == chain.length - 1 ? Series.NO_NUMBER : chain[i + 1].number();
                assertLinks(reader, chain[i], ALL_KNOWN, before, after);
                assertLinks(reader, chain[i], 100 * i, before, Series.NO_NUMBER);
                assertLinks(reader, chain[i], 100 * i - 1, Series.NO_NUMBER, Series.NO_NUMBER);
                assertEquals(chain[i], engine.series().find(chain[i].number()).orElseThrow());
            }
        }
    }

    @Test
    void shouldRefuseLinksThatMeanNothing() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
                Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final StepSeries a = step(engine, "a", Unit.PERCENT, 2);
            final StepSeries b = step(engine, "b", Unit.BASIS_POINT, 0);
            final StepSeries c = step(engine, "c", Unit.PERCENT, 2);
            final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("flow", Unit.COUNT, 0));
            final StepSeries foreign = step(other, "foreign", Unit.PERCENT, 2);
            refuse("same kind", engine, a, LifeEnd.at(10).followedBy(flow));
            refuse("another series", engine, a, LifeEnd.at(10).followedBy(a));
            refuse("series=foreign", engine, a, LifeEnd.at(10).followedBy(foreign));
            engine.series().close(a, LifeEnd.at(10).followedBy(b));
            refuse(
                    "successor=b follows seriesNumber=" + a.number(),
                    engine,
                    c,
                    LifeEnd.at(10).followedBy(b));
            refuse(
                    "is followed by seriesNumber=" + b.number(),
                    engine,
                    a,
                    LifeEnd.at(10).followedBy(c));
            refuse("closed for good", engine, a, LifeEnd.at(11).followedBy(b));
            refuse("successor=a is closed", engine, b, LifeEnd.at(10).followedBy(a));
            final TestReader reader = new TestReader(engine.newReader());
            assertLinks(reader, a, ALL_KNOWN, Series.NO_NUMBER, b.number());
            assertLinks(reader, b, ALL_KNOWN, a.number(), Series.NO_NUMBER);
            assertLinks(reader, c, ALL_KNOWN, Series.NO_NUMBER, Series.NO_NUMBER);
            // The series was closed before its successor existed.
            engine.series().close(c, LifeEnd.at(10));
            final StepSeries d = step(engine, "d", Unit.PERCENT, 3);
            engine.series().close(c, LifeEnd.at(10).followedBy(d));
            assertLinks(reader, c, ALL_KNOWN, Series.NO_NUMBER, d.number());
            assertLinks(reader, d, ALL_KNOWN, c.number(), Series.NO_NUMBER);
        }
    }

    /** A successor that is named after the end succeeds the series from the knowledge time of the naming. */
    @Test
    void shouldFollowNoEarlierThanItWasNamed(@TempDir final Path directory) throws Exception {
        final EngineContext context = TestContext.stepped(ClockMode.MANUAL, directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries a = step(engine, "a", Unit.PERCENT, 2);
            final StepSeries b = step(engine, "b", Unit.BASIS_POINT, 0);
            final StepSeries c = step(engine, "c", Unit.PERCENT, 2);
            final StepSeries d = step(engine, "d", Unit.BASIS_POINT, 0);
            engine.advanceTo(500);
            engine.series().close(a, LifeEnd.at(50).knownAt(-10));
            engine.series().close(c, LifeEnd.at(50));
            engine.advanceTo(600);
            refuse("knownAtNs=-11", engine, a, LifeEnd.at(50).knownAt(-11).followedBy(b));
            engine.series().close(a, LifeEnd.at(50).followedBy(b));
            engine.series().close(c, LifeEnd.at(50).knownAt(700).followedBy(d));
            assertNamedLater(engine);
        }
        try (Engine engine = TollgateEngine.launch(context)) {
            assertNamedLater(engine);
        }
        new DirectoryFiles(directory).markNotClosed();
        try (Engine engine = TollgateEngine.launch(context)) {
            assertNamedLater(engine);
        }
    }

    private static void assertNamedLater(final Engine engine) {
        assertNamedAt(engine, "a", "b", -10, 600);
        assertNamedAt(engine, "c", "d", 500, 700);
    }

    private static void assertNamedAt(
            final Engine engine, final String key, final String nextKey, final long endKnownAt, final long namedAt) {
        final TestReader reader = new TestReader(engine.newReader());
        final Series series = engine.series().find(key).orElseThrow();
        final Series next = engine.series().find(nextKey).orElseThrow();
        for (final long known : new long[] {endKnownAt - 1, endKnownAt, namedAt - 1, namedAt, ALL_KNOWN}) {
            final boolean isNamed = known >= namedAt;
            assertLinks(reader, series, known, Series.NO_NUMBER, isNamed ? next.number() : Series.NO_NUMBER);
            assertLinks(reader, next, known, isNamed ? series.number() : Series.NO_NUMBER, Series.NO_NUMBER);
            final LifeReading life = reader.life(series, known);
            assertEquals(known < endKnownAt ? Instants.NONE : 50, life.endNs());
            assertEquals(known < endKnownAt ? Instants.NONE : endKnownAt, life.endKnownAtNs());
        }
    }

    /** A successor's link counts only after the predecessor's end confirms it. */
    @Test
    void shouldFollowNothingIfTheEngineEndedBeforeTheOtherSeriesWasClosed() {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final OperationApplier applier = applier(store);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            for (int i = 0; i < 3; i++) {
                new SeriesDefinitionOperation().encode(buffer, 0, i, "PERCENT", "series." + i);
                applier.apply(buffer, 0, i + 1);
            }
            final TestReader reader = new TestReader(new SeriesReader(store, new ReadGate(10)));
            final StepSeries first = new StepSeries(0, SeriesDefinition.step("series.0", Unit.PERCENT, 0));
            final StepSeries last = new StepSeries(2, SeriesDefinition.step("series.2", Unit.PERCENT, 0));
            final LifeEndOperation operation = new LifeEndOperation();
            operation.encode(buffer, 0, OperationDescriptor.FOLLOW_SERIES, 2, 10, 5, 1);
            applier.apply(buffer, 0, 4);
            assertLinks(reader, last, ALL_KNOWN, Series.NO_NUMBER, Series.NO_NUMBER);
            operation.encode(buffer, 0, OperationDescriptor.FOLLOW_SERIES, 2, 10, 5, 0);
            applier.apply(buffer, 0, 5);
            assertLinks(reader, last, ALL_KNOWN, Series.NO_NUMBER, Series.NO_NUMBER);
            operation.encode(buffer, 0, OperationDescriptor.END_SERIES, 0, 10, 5, 2);
            applier.apply(buffer, 0, 6);
            assertLinks(reader, last, ALL_KNOWN, 0, Series.NO_NUMBER);
            assertLinks(reader, first, ALL_KNOWN, Series.NO_NUMBER, 2);
            assertLinks(reader, last, 4, Series.NO_NUMBER, Series.NO_NUMBER);
        }
    }

    /**
     * The log has lost the withdrawal of a point after the end, so the replay skips the end too. Without a recorded
     * loss, the log is damaged.
     */
    @Test
    void shouldSkipAnEndThatDependsOnALostOperation() {
        for (final boolean isLossy : new boolean[] {true, false}) {
            try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
                final OperationApplier applier = applier(store);
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
                new SeriesDefinitionOperation().encode(buffer, 0, 0, "PERCENT", "series.0");
                applier.apply(buffer, 0, 1);
                new PointOperation()
                        .encode(buffer, 0, OperationDescriptor.POINT, 0, 0, 20, 7, 3, Publisher.NO_REFERENCE);
                applier.apply(buffer, 0, 2);
                if (isLossy) {
                    LossOperation.put(buffer, 0, 3);
                    applier.apply(buffer, 0, 3);
                }
                new LifeEndOperation().encode(buffer, 0, OperationDescriptor.END_SERIES, 0, 20, 5, Series.NO_NUMBER);
                if (isLossy) {
                    applier.apply(buffer, 0, 4);
                    assertEquals(1, applier.counts().orphanedCount());
                    new LifeEndOperation().encode(buffer, 0, OperationDescriptor.FOLLOW_SERIES, 9, 20, 5, 0);
                    applier.apply(buffer, 0, 5);
                    assertEquals(2, applier.counts().orphanedCount());
                    final TestReader reader = new TestReader(new SeriesReader(store, new ReadGate(10)));
                    final LifeReading life = reader.life(
                            new StepSeries(0, SeriesDefinition.step("series.0", Unit.PERCENT, 0)), ALL_KNOWN);
                    assertEquals(Instants.NONE, life.endNs());
                } else {
                    Refusals.require(
                            IllegalStateException.class, () -> applier.apply(buffer, 0, 4), "the log is damaged");
                }
            }
        }
    }

    private static OperationApplier applier(final SeriesStore store) {
        return AppliedState.of(store, ClockMode.MANUAL, SystemEpochNanoClock.INSTANCE)
                .applier();
    }

    @Test
    void shouldJoinNothingOfTheTwo() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final StepSeries percent = step(engine, "percent", Unit.PERCENT, 0);
            final StepSeries points = step(engine, "points", Unit.BASIS_POINT, 0);
            engine.awaitApplied(engine.publisher().offer(percent, 0, 5));
            engine.awaitApplied(engine.publisher().offer(points, 8, 700));
            engine.series().close(percent, LifeEnd.at(10).followedBy(points));
            engine.awaitApplied(engine.publisher().offer(points, 12, 900));
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading = reader.window(percent, Window.slidingNs(20), 20);
            assertEquals(5, reading.value(Metric.MEAN));
            assertEquals(0.5, reading.value(Metric.COVERAGE));
            reader.read(points, Window.slidingNs(20), 20, reading);
            assertEquals((4 * 700 + 8 * 900) / 12.0, reading.value(Metric.MEAN));
            assertEquals(0.6, reading.value(Metric.COVERAGE));
        }
    }

    /** A maintained group drops a member at the end of its life, once the end is known and reached. */
    @Test
    void shouldDropAMemberOfAGroupAtTheEndOfItsLife() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final StepSeries old = step(engine, "old", Unit.PERCENT, 0);
            final StepSeries stays = step(engine, "stays", Unit.PERCENT, 0);
            engine.advanceTo(5);
            engine.awaitApplied(engine.publisher().offer(old, 0, 10));
            engine.awaitApplied(engine.publisher().offer(stays, 0, 20));
            final Group group = Group.of(GroupMember.of(old), GroupMember.of(stays));
            final PanelReader panel = engine.newPanelReader();
            final GroupReading listed = panel.group(group);
            engine.series().register(group);
            final GroupReading kept = panel.group(group);
            for (final GroupReading reading : new GroupReading[] {listed, kept}) {
                reading.read(5);
                assertEquals(15, reading.value(GroupMetric.SIMPLE));
            }
            engine.series().close(old, LifeEnd.at(10));
            final double[] expected = {15, 20, 20};
            final long[] instants = {9, 10, 11};
            for (int i = 0; i < instants.length; i++) {
                engine.advanceTo(instants[i]);
                for (final GroupReading reading : new GroupReading[] {listed, kept}) {
                    reading.read(instants[i]);
                    assertEquals(expected[i], reading.value(GroupMetric.SIMPLE), "at=" + instants[i]);
                }
            }
            engine.series().close(stays, LifeEnd.at(11));
            for (final GroupReading reading : new GroupReading[] {listed, kept}) {
                reading.read(11);
                assertTrue(Double.isNaN(reading.value(GroupMetric.SIMPLE)));
            }
        }
    }

    @Test
    void shouldKeepLinksAfterEachKindOfOpening(@TempDir final Path directory) throws Exception {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, data))) {
            final StepSeries old = step(engine, "old", Unit.PERCENT, 0);
            final StepSeries next = step(engine, "next", Unit.BASIS_POINT, 0);
            step(engine, "next.but.one", Unit.PERCENT, 1);
            engine.awaitApplied(engine.publisher().offer(old, 0, 10));
            engine.series().close(old, LifeEnd.at(10).followedBy(next));
            engine.admin().checkpoint();
            engine.admin().backup(directory.resolve("backup"));
            try (DirectoryView view = DirectoryView.open(data)) {
                final LifeReading life =
                        view.newReader().life().read(view.find("old").orElseThrow());
                assertEquals("next", view.find(life.successor()).orElseThrow().key());
                assertEquals(10, life.endNs());
                assertTrue(view.find(1L << 40).isEmpty());
                assertTrue(view.find(-1).isEmpty());
            }
        }
        for (int opening = 0; opening < 4; opening++) {
            final Path opened = opening == 3 ? directory.resolve("backup") : data;
            if (opening == 1 || opening == 2) {
                new DirectoryFiles(data).markNotClosed();
                if (opening == 2) {
                    new DirectoryFiles(data).deleteCheckpoints();
                }
            }
            try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, opened))) {
                final Series old = engine.series().find("old").orElseThrow();
                final Series next = engine.series().find("next").orElseThrow();
                assertLinks(new TestReader(engine.newReader()), old, ALL_KNOWN, Series.NO_NUMBER, next.number());
                assertLinks(new TestReader(engine.newReader()), next, ALL_KNOWN, old.number(), Series.NO_NUMBER);
                engine.awaitApplied(engine.publisher().offer((StepSeries) old, 10, 1));
                assertEquals(1, engine.admin().audit().lastRefusals().size(), "opening=" + opening);
            }
        }
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, data))) {
            engine.series()
                    .close(
                            engine.series().find("next").orElseThrow(),
                            LifeEnd.at(20)
                                    .followedBy(
                                            engine.series().find("next.but.one").orElseThrow()));
        }
    }
}
