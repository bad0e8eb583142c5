package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.RunSummary;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A point at each instant from 0 to 999, and blocks as a reader may find them while the writer changes the series. */
class TornSeriesTest {
    private static final int COUNT = 1_000;

    private final WindowBounds bounds = new WindowBounds();
    private final RunSummary summary = new RunSummary();

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldFindNothingInATornTree(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            fixture.tear(fixture.series().rootBlock());
            final RunSearch search = new RunSearch(fixture.blocks());
            bounds.sliding(500, 100, Closed.RIGHT);
            assertFalse(search.summarise(fixture.series(), bounds, false, summary));
            assertFalse(search.findLast(fixture.series(), 500, 10, bounds));
            final SeriesRuns runs = new SeriesRuns(fixture.blocks());
            runs.begin(fixture.series(), Window.last(10), bounds);
            assertFalse(runs.resolve(500, bounds));
            assertFalse(runs.summarise(bounds, summary));
            assertFalse(runs.findFloor(500));
            assertFalse(runs.points().next());
            assertFalse(runs.points().isIntact());
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldFindNothingIfOneEndOfTheRunIsTorn(final SeriesKind kind) {
        for (final long torn : new long[] {400, 500}) {
            try (SeriesFixture fixture = filled(kind)) {
                fixture.tear(fixture.blockAt(torn));
                final RunSearch search = new RunSearch(fixture.blocks());
                bounds.sliding(500, 100, Closed.RIGHT);
                assertFalse(search.summarise(fixture.series(), bounds, false, summary));
                assertFalse(search.findLast(fixture.series(), 500, 101, bounds));
                bounds.sliding(300, 100, Closed.RIGHT);
                assertTrue(search.summarise(fixture.series(), bounds, false, summary));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldSumUpNoShapesOverATornBlock(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            final RunSearch search = new RunSearch(fixture.blocks());
            bounds.sliding(500, 100, Closed.RIGHT);
            assertTrue(search.summarise(fixture.series(), bounds, true, summary));
            fixture.tear(fixture.blockAt(450));
            assertFalse(search.summarise(fixture.series(), bounds, true, summary));
        }
    }

    /** The last point before the window is at the end of a block, and the next block in the tree is torn. */
    @Test
    void shouldFindNoFirstPointInATornBlock() {
        try (SeriesFixture fixture = filled(SeriesKind.FLOW)) {
            final RunSearch search = new RunSearch(fixture.blocks());
            final long block = fixture.blockAt(450);
            long before = 450;
            while (fixture.blockAt(before) == block) {
                before--;
            }
            bounds.sliding(500, 500 - before, Closed.RIGHT);
            assertTrue(search.summarise(fixture.series(), bounds, false, summary));
            fixture.tear(block);
            assertFalse(search.summarise(fixture.series(), bounds, false, summary));
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldFindNoChangeInATornBlock(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            final SeriesRuns runs = new SeriesRuns(fixture.blocks());
            runs.begin(fixture.series(), Window.last(10), bounds);
            assertTrue(runs.findFloor(140));
            assertTrue(runs.findLastChange());
            fixture.tear(fixture.blockAt(92));
            assertTrue(runs.findFloor(140));
            assertFalse(runs.findLastChange());
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldGoOverThePointsUpToTheTornBlock(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            fixture.tear(fixture.blockAt(450));
            final RunPoints points = new RunPoints(fixture.blocks());
            bounds.sliding(500, 100, Closed.RIGHT);
            points.open(fixture.series(), bounds);
            assertTrue(points.isIntact());
            while (points.next()) {
                assertTrue(points.time() < 450, () -> "time=" + points.time());
            }
            assertFalse(points.isIntact());
            assertFalse(points.next());
        }
    }

    /** The record and the blocks are from different states. */
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldNotGoOverMorePointsThanThereAre(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            fixture.pointCount(70);
            final RunPoints points = new RunPoints(fixture.blocks());
            bounds.sliding(500, 100, Closed.RIGHT);
            points.open(fixture.series(), bounds);
            int count = 0;
            while (points.next()) {
                assertTrue(++count <= 70);
            }
            assertFalse(points.isIntact());
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldLeaveAStateWhoseNextPointsAreTorn(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind)) {
            final WindowStateBlock states = new WindowStateBlock(fixture.blocks());
            assertTrue(states.wrap(fixture.series().stateBlock()));
            final WindowRun run = new WindowRun(fixture.blocks(), states);
            run.load(states.find(100, 0), fixture.isStep());
            assertTrue(run.evict(1_035));
            for (final long torn : fixture.isStep() ? new long[] {905} : new long[] {980, 905}) {
                fixture.tear(fixture.blockAt(torn));
                // The block of the tail is not known, so its header is read.
                final int window = states.find(100, 0);
                states.tail(window, states.tailBlock(window), states.tailIndex(window), 0);
                run.load(window, fixture.isStep());
                assertFalse(run.evict(torn + 105));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldResolveNoWindowThatNeedsATornTree(final SeriesKind kind) {
        final long period = ReportingPeriod.of(Duration.ofNanos(3)).code();
        final boolean isStep = kind == SeriesKind.STEP;
        try (SeriesFixture fixture = new SeriesFixture(kind, isStep ? 5 : 0, isStep ? 0 : period)) {
            fill(fixture);
            final WindowResolver resolver = new WindowResolver(fixture.blocks());
            assertTrue(resolver.resolve(fixture.series(), Window.slidingNs(100), 500, bounds));
            fixture.tear(fixture.blockAt(500));
            assertFalse(resolver.resolve(fixture.series(), Window.slidingNs(100), 500, bounds));
            assertFalse(resolver.resolve(fixture.series(), Window.last(3), 500, bounds));
            assertTrue(resolver.resolve(fixture.series(), Window.slidingNs(100), 300, bounds));
            assertEquals(300, bounds.knownUntilNs());
        }
    }

    private static SeriesFixture filled(final SeriesKind kind) {
        final SeriesFixture fixture = new SeriesFixture(kind, 0, 0, Window.slidingNs(100));
        fill(fixture);
        return fixture;
    }

    private static void fill(final SeriesFixture fixture) {
        fixture.now(COUNT);
        for (int i = 0; i < COUNT; i++) {
            // The smallest and the largest value are never among the oldest points.
            fixture.put(i, i % 100 == 90 ? -9 : i % 100 == 91 ? 9 : 0, 0);
        }
    }
}
