package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.tree.PointCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After each change of a series, and a little later, the states equal the sums of their points one by one. */
class WindowStatesTest {
    /** The number that fills a MEDIUM block of states. */
    private static final long[] LENGTHS = {1, 3, 7, 20, 60, 1_000};

    private final long seed = Long.getLong("tollgate.test.seed", 3);
    private final Random random = new Random(seed);
    private long[] lengths = LENGTHS;
    private int spread;
    private String where = "";

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldBeTheSumsOfTheirPointsAfterEachChange(final SeriesKind kind) {
        for (int number = 0; number < 24; number++) {
            spread = number % 2 == 0 ? 300 : 120;
            lengths = Arrays.copyOfRange(LENGTHS, number % LENGTHS.length, LENGTHS.length);
            try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, windows())) {
                // Some series have mostly pending points, and some have none.
                fixture.now(number % 3 == 0 ? spread : random.nextInt(spread / 2));
                final int removals = number < 12 ? 3 : 9;
                for (int i = 0; i < 480; i++) {
                    change(fixture, i < 80 ? 0 : removals);
                    where = "seed=" + seed + " series=" + number + " change=" + i;
                    check(fixture);
                }
            }
        }
    }

    /** Pending points come into effect, but the states cannot reach all of them. */
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldStopIfABlockLeadsBackToItself(final SeriesKind kind) {
        try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, Window.slidingNs(20))) {
            fixture.now(100);
            for (int i = 0; i < 140; i++) {
                fixture.put(2 * i, i, 0);
            }
            fixture.loop(fixture.blockAt(270));
            fixture.now(1_000);
            final IllegalStateException thrown = assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThrows(IllegalStateException.class, () -> fixture.put(51, 5, 0)));
            assertTrue(thrown.getMessage().contains("damaged tree"), thrown.getMessage());
        }
    }

    /** Points take effect one by one, in small groups, and in groups so large that a rebuild is faster than a walk. */
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldFollowTheClockOverLongRuns(final SeriesKind kind) {
        lengths = new long[] {60, 300};
        for (final int stride : new int[] {1, 4, 100}) {
            try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, windows())) {
                for (int i = 0; i < 1_200; i++) {
                    fixture.now(i - i % stride);
                    fixture.put(i, i * 7_919 % 1_009, 0);
                    where = "stride=" + stride + " point=" + i;
                    check(fixture);
                }
            }
        }
    }

    /**
     * Points in order change narrow states in place: sums carry into their upper word, values
     * lie at the bounds of narrow ones, extremes leave, and some windows shrink to one point. Some late points lie
     * between two points that leave.
     */
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldIncludeAppendedPoints(final SeriesKind kind) {
        for (int number = 0; number < 48; number++) {
            final long unit = 1L << 8 * (number % 6);
            lengths = new long[] {2 * unit, 12 * unit, 100 * unit};
            try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, windows())) {
                fixture.now(Long.MAX_VALUE);
                long time = 0;
                for (int i = 0; i < 220; i++) {
                    time += random.nextInt(30) == 0 ? 40 * unit : 1 + (long) (random.nextDouble() * 2 * unit);
                    fixture.put(time, narrowValue(kind, number), 0);
                    if (random.nextInt(10) == 0) {
                        fixture.put(time - random.nextLong(lengths[random.nextInt(3)]), narrowValue(kind, number), 1);
                    }
                    where = "seed=" + seed + " series=" + number + " point=" + i;
                    check(fixture);
                }
            }
        }
    }

    private long narrowValue(final SeriesKind kind, final int number) {
        final int rare = random.nextInt(400);
        if (rare == 0 && number % 4 == 0) {
            return random.nextBoolean() ? 1L << 31 : -(1L << 31) - 1;
        }
        if (rare == 1 && number % 4 == 1 && kind == SeriesKind.STEP) {
            return Decimals.UNKNOWN;
        }
        return switch (number / 6 % 4) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt();
            case 2 -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
            default -> Integer.MAX_VALUE - random.nextInt(1_000);
        };
    }

    /** The appended point has the index after that of the frontier, and is in another block. */
    @Test
    void shouldIncludeAWholeBlockOfPendingPointsWithTheNextOne() {
        lengths = new long[] {1_000};
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0, windows())) {
            fixture.now(19);
            for (int i = 0; i < 96; i++) {
                fixture.put(i, i, 0);
            }
            fixture.now(1_000);
            fixture.put(96, 96, 0);
            check(fixture);
        }
    }

    @Test
    void shouldIncludeManyEventsOfOneInstant() {
        lengths = new long[] {10, 20};
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0, windows())) {
            fixture.now(100);
            for (int i = 0; i < 100; i++) {
                fixture.put(5, i, i);
                where = "event=" + i;
                check(fixture);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldRefuseToSumUpATornTree(final SeriesKind kind) {
        lengths = new long[] {300};
        try (SeriesFixture fixture = new SeriesFixture(kind, 0, 0, windows())) {
            fixture.now(1_000);
            for (int i = 0; i < 500; i++) {
                fixture.put(i, i, 0);
            }
            fixture.tear(fixture.blockAt(220));
            Refusals.require(
                    IllegalStateException.class, () -> fixture.put(520, 520, 0), "seriesNumber=0 has a damaged tree");
        }
    }

    @Test
    void shouldGiveTheBlockOfTheStatesBackWithTheLastPoint() {
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0, windows())) {
            for (int i = 0; i < 77; i++) {
                fixture.put(i, i, 0);
            }
            final long block = fixture.series().stateBlock();
            assertNotEquals(BlockDescriptor.NO_BLOCK, block);
            for (int i = 0; i < 77; i++) {
                fixture.remove(fixture.points().firstKey());
            }
            assertEquals(BlockDescriptor.NO_BLOCK, fixture.series().stateBlock());
            final List<Long> reused = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reused.add(fixture.blocks()
                        .allocate(BlockDescriptor.sizeClass(block), BlockDescriptor.TYPE_WINDOW_STATES, 0));
            }
            assertTrue(reused.contains(block), () -> "block=" + block + " reused=" + reused);
        }
    }

    /** The states begin with the first point that does not fit the only block, and then include each point at once. */
    @Test
    void shouldStandAtTheLastPoint() {
        lengths = new long[] {10};
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.STEP, 0, 0, windows())) {
            fixture.now(200);
            for (int i = 0; i < 150; i++) {
                fixture.put(i, i, 0);
                check(fixture);
                assertEquals(i < 76 ? Long.MIN_VALUE : i, frontierTime(fixture));
            }
        }
    }

    /**
     * The late point has the instant of the frontier and comes after it. No state lies between two points of one
     * instant.
     */
    @Test
    void shouldIncludeALatePointOfTheFrontiersInstant() {
        lengths = new long[] {10};
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0, windows())) {
            fixture.now(100);
            for (int i = 0; i < 82; i++) {
                fixture.put(i, i, 0);
            }
            fixture.put(81, 7, 1);
            check(fixture);
            fixture.put(81, 7, 0);
            check(fixture);
            assertEquals(81, frontierTime(fixture));
        }
    }

    private static long frontierTime(final SeriesFixture fixture) {
        final WindowStateBlock states = new WindowStateBlock(fixture.blocks());
        return states.wrap(fixture.series().stateBlock()) ? states.frontierTime() : Long.MIN_VALUE;
    }

    private Window[] windows() {
        return LongStream.of(lengths).mapToObj(Window::slidingNs).toArray(Window[]::new);
    }

    private void change(final SeriesFixture fixture, final int removals) {
        if (random.nextInt(8) == 0) {
            fixture.now(fixture.now() + random.nextInt(2 + spread / 100));
        }
        final List<SeriesFixture.Place> places =
                new ArrayList<>(fixture.points().keySet());
        if (!places.isEmpty() && random.nextInt(20) < removals) {
            fixture.remove(places.get(random.nextInt(places.size())));
        } else if (!places.isEmpty() && random.nextInt(4) == 0) {
            final SeriesFixture.Place place = places.get(random.nextInt(places.size()));
            fixture.put(place.time(), value(fixture.isStep()), place.reference());
        } else {
            fixture.put(random.nextInt(spread), value(fixture.isStep()), random.nextInt(4));
        }
    }

    private long value(final boolean isStep) {
        return isStep && random.nextInt(6) == 0 ? Decimals.UNKNOWN : random.nextInt(20) - 10;
    }

    private void check(final SeriesFixture fixture) {
        final long block = fixture.series().stateBlock();
        if (block == BlockDescriptor.NO_BLOCK) {
            assertTrue(fixture.points().isEmpty() || fixture.series().treeHeight() == 0, where);
            return;
        }
        final WindowStateBlock states = new WindowStateBlock(fixture.blocks());
        assertTrue(states.wrap(block), where);
        assertEquals(lengths.length, states.count(), where);
        if (states.frontierBlock() == BlockDescriptor.NO_BLOCK) {
            assertEquals(0, waiting(fixture, Long.MIN_VALUE), where);
            return;
        }
        final PointCursor cursor = new PointCursor(fixture.blocks());
        assertTrue(cursor.place(states.frontierBlock(), states.frontierIndex()), where);
        assertEquals(states.frontierTime(), cursor.time(), where);
        assertTrue(states.frontierTime() <= fixture.now(), where);
        assertTrue(!cursor.advance() || cursor.time() > states.frontierTime(), where);
        assertEquals(0, waiting(fixture, states.frontierTime()), where);
        for (final long length : lengths) {
            checkRun(fixture, states, length, states.frontierTime());
        }
    }

    /** Returns the number of points in effect after the frontier as of the last change. */
    private int waiting(final SeriesFixture fixture, final long frontierTime) {
        return fixture.points()
                .subMap(
                        new SeriesFixture.Place(frontierTime, Long.MAX_VALUE),
                        false,
                        new SeriesFixture.Place(fixture.now(), Long.MAX_VALUE),
                        true)
                .size();
    }

    private void checkRun(
            final SeriesFixture fixture, final WindowStateBlock states, final long length, final long frontierTime) {
        final WindowRun run = new WindowRun(fixture.blocks(), states);
        run.load(states.find(length, 0), fixture.isStep());
        assertSums(fixture, length, frontierTime, frontierTime, run.summary());
        final long later = frontierTime + random.nextInt(80);
        if (run.evict(later)) {
            assertSums(fixture, length, later, frontierTime, run.summary());
        }
    }

    private void assertSums(
            final SeriesFixture fixture,
            final long length,
            final long atNs,
            final long highestNs,
            final RunSummary summary) {
        assertEquals(
                SeriesFixture.bytes(fixture.naive(atNs - length, atNs - length + 1, highestNs)),
                SeriesFixture.bytes(summary),
                () -> where + " length=" + length + " at=" + atNs + " points=" + fixture.points());
    }
}
