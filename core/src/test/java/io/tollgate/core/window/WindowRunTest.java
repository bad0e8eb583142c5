package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader takes the answers from the state of a window, without the tree. */
class WindowRunTest {
    private static final int COUNT = 1_000;

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldLetGoOfSoManyPointsAndNoMore(final SeriesKind kind) {
        try (SeriesFixture fixture = filled(kind, 200)) {
            final WindowRun run = load(fixture, 200);
            final long lastAt = COUNT - 1 + WindowRun.MAX_STEPS;
            assertTrue(run.evict(lastAt));
            assertEquals(
                    SeriesFixture.bytes(fixture.naive(lastAt - 200, lastAt - 199, COUNT)),
                    SeriesFixture.bytes(run.summary()));
            assertFalse(load(fixture, 200).evict(lastAt + 1));
        }
    }

    @Test
    void shouldKnowThatAllEventsHaveLeft() {
        try (SeriesFixture fixture = filled(SeriesKind.FLOW, 20)) {
            final WindowRun run = load(fixture, 20);
            assertTrue(run.evict(COUNT + 19));
            assertTrue(run.summary().isEmpty());
            assertTrue(run.evict(COUNT + 500));
        }
    }

    /** The smallest value leaves, and the next smallest is anywhere in the run. */
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldWalkToTheExtremesOfAShortRun(final SeriesKind kind) {
        for (final int length : new int[] {3, 60, 255}) {
            try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, Window.slidingNs(length))) {
                fixture.now(COUNT);
                for (int i = 0; i < COUNT; i++) {
                    fixture.put(i, i * 7_919 % 1_009, 0);
                }
                for (int later = 0; later < Math.min(length, WindowRun.MAX_STEPS); later++) {
                    final long at = COUNT - 1 + later;
                    final WindowRun run = load(fixture, length);
                    assertTrue(run.evict(at));
                    assertEquals(
                            SeriesFixture.bytes(fixture.naive(at - length, at - length + 1, COUNT)),
                            SeriesFixture.bytes(run.summary()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldNotFollowAMissingTail(final SeriesKind kind) {
        final Window[] windows =
                IntStream.rangeClosed(20, 25).mapToObj(Window::slidingNs).toArray(Window[]::new);
        for (final int index : new int[] {Short.MIN_VALUE, Short.MIN_VALUE / 3, -2, Short.MAX_VALUE}) {
            try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, windows)) {
                fixture.now(COUNT);
                for (int i = 0; i < COUNT; i++) {
                    fixture.put(i, i, 0);
                }
                final WindowStateBlock states = new WindowStateBlock(fixture.blocks());
                assertTrue(states.wrap(fixture.series().stateBlock()));
                states.tail(states.find(20, 0), states.tailBlock(states.find(20, 0)), index, 0);
                assertFalse(load(fixture, 20).evict(COUNT), "index=" + index);
            }
        }
    }

    private static SeriesFixture filled(final SeriesKind kind, final long lengthNs) {
        final SeriesFixture fixture = new SeriesFixture(kind, 0, 0, Window.slidingNs(lengthNs));
        fixture.now(COUNT);
        for (int i = 0; i < COUNT; i++) {
            // The smallest and the largest value are never among the oldest points.
            fixture.put(i, i % 100 == 90 ? -9 : i % 100 == 91 ? 9 : 0, 0);
        }
        return fixture;
    }

    private static WindowRun load(final SeriesFixture fixture, final long lengthNs) {
        final WindowStateBlock states = new WindowStateBlock(fixture.blocks());
        assertTrue(states.wrap(fixture.series().stateBlock()));
        final WindowRun run = new WindowRun(fixture.blocks(), states);
        run.load(states.find(lengthNs, 0), fixture.isStep());
        return run;
    }
}
