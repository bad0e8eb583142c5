package io.tollgate.api.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Amendment;
import io.tollgate.api.TestSeed;
import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random lives on a calendar of sixty days, compared on each day with a table that has a row for each day. */
final class MeasureOracleTest {
    private static final int DAYS = 60;
    private static final int LIVES = 3_000;
    private static final int ACTS = 14;
    /** Acts for lives of successive terms that no act removes as a whole. */
    private static final ActKind[] OF_TERMS = {
        ActKind.IMPOSE, ActKind.IMPOSE, ActKind.CHANGE, ActKind.POSTPONE, ActKind.WITHDRAW, ActKind.END, ActKind.END
    };

    private static final long DAY_NS = 86_400_000_000_000L;

    private final long seed = TestSeed.of("lives of measures");

    @Test
    void shouldBeInForceAsTheTablesSayAndAsThePointsSay() {
        int taken = 0;
        for (int life = 0; life < LIVES; life++) {
            taken += live(new Random(seed + life), "seed=" + seed + " life=" + life);
        }
        assertNotEquals(0, taken);
        assertEquals(true, taken > LIVES * ACTS / 3, "most acts suit: " + taken);
    }

    private static int live(final Random random, final String message) {
        final ActKind[] kinds = random.nextBoolean() ? ActKind.values() : OF_TERMS;
        Measure measure = Measure.since(0);
        final MeasureTable table = new MeasureTable(DAYS, DAY_NS);
        final List<long[]> believed = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < ACTS; i++) {
            final Act act = draw(kinds[random.nextInt(kinds.length)], random, i, measure);
            final String life = message + " act=" + i + " " + act + " after " + measure.acts();
            if (!table.suits(act)) {
                final Measure before = measure;
                assertThrows(IllegalStateException.class, () -> before.with(act), life);
                continue;
            }
            measure = measure.with(act);
            table.apply(act);
            taken++;
            believed.add(table.levels());
            requireLike(table.levels(), measure, life);
        }
        for (int i = 0; i < believed.size(); i++) {
            final long knownNs = measure.acts().get(i).knownNs();
            requireSame(believed.get(i), points(measure, knownNs), message + " points as known at act " + i);
            requireLike(believed.get(i), measure.asKnownAt(knownNs), message + " as known at act " + i);
        }
        return taken;
    }

    private static Act draw(final ActKind kind, final Random random, final int i, final Measure measure) {
        final long from = day(random, measure);
        long until = day(random, measure);
        if (kind == ActKind.IMPOSE && random.nextBoolean() || kind == ActKind.SUSPEND && random.nextInt(5) == 0) {
            until = Instants.NONE;
        } else if (kind == ActKind.IMPOSE || kind == ActKind.SUSPEND) {
            until = Math.max(until, from + DAY_NS);
        }
        return new Act(kind, (i + 1) * DAY_NS, from, until, random.nextInt(8) * 5, i);
    }

    /** Draws mostly days at which a level begins or that an act names, so that acts meet. */
    private static long day(final Random random, final Measure measure) {
        final List<MeasureLevel> levels = measure.levels();
        final List<Act> acts = measure.acts();
        final int drawn = random.nextInt(acts.isEmpty() ? 2 : 4);
        if (drawn == 0) {
            return random.nextInt(DAYS) * DAY_NS;
        }
        if (drawn == 1) {
            return Math.min(levels.get(random.nextInt(levels.size())).fromNs(), (DAYS - 1) * DAY_NS);
        }
        final Act act = acts.get(random.nextInt(acts.size()));
        final boolean isUntil = random.nextBoolean() && act.untilNs() != Instants.NONE;
        return Math.min(isUntil ? act.untilNs() : act.fromNs(), (DAYS - 1) * DAY_NS);
    }

    private static void requireLike(final long[] expected, final Measure measure, final String message) {
        final long[] actual = new long[DAYS];
        for (int day = 0; day < DAYS; day++) {
            actual[day] = measure.inForce(day * DAY_NS);
        }
        requireSame(expected, actual, message);
        final NavigableMap<Long, Long> levels = new TreeMap<>();
        measure.levels().forEach(level -> levels.put(level.fromNs(), level.value()));
        requireSame(expected, byDay(levels), message + " levels");
        long before = -1;
        for (final long value : levels.values()) {
            assertNotEquals(before, value, message + ": a level without a change");
            before = value;
        }
    }

    /** The points of a series to which all points and withdrawals known by then were offered. */
    private static long[] points(final Measure measure, final long knownNs) {
        final NavigableMap<Long, Long> points = new TreeMap<>();
        for (final Amendment change : measure.amendments()) {
            if (change.knowledgeTimeNs() <= knownNs) {
                if (change.isWithdrawal()) {
                    assertNotEquals(null, points.remove(change.validTimeNs()), "withdraws an existing point");
                } else {
                    points.put(change.validTimeNs(), change.value());
                }
            }
        }
        return byDay(points);
    }

    private static long[] byDay(final NavigableMap<Long, Long> points) {
        final long[] levels = new long[DAYS];
        for (int day = 0; day < DAYS; day++) {
            final Map.Entry<Long, Long> floor = points.floorEntry(day * DAY_NS);
            levels[day] = floor.getValue();
        }
        return levels;
    }

    private static void requireSame(final long[] expected, final long[] actual, final String message) {
        for (int day = 0; day < DAYS; day++) {
            assertEquals(expected[day], actual[day], message + " day=" + day);
        }
    }
}
