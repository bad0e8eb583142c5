package io.tollgate.api.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random lives on a calendar of sixty days, each day looked at, against tables with a row a day. */
final class MeasureOracleTest {
    private static final int DAYS = 60;
    private static final int LIVES = 3_000;
    private static final int ACTS = 14;
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
        Measure measure = Measure.since(0);
        final Table table = new Table();
        final List<long[]> believed = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < ACTS; i++) {
            final Act act = draw(random, i, measure);
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

    private static Act draw(final Random random, final int i, final Measure measure) {
        final ActKind kind = ActKind.values()[random.nextInt(ActKind.values().length)];
        final long from = day(random, measure);
        long until = day(random, measure);
        if (kind == ActKind.IMPOSE && random.nextBoolean() || kind == ActKind.SUSPEND && random.nextInt(5) == 0) {
            until = Publisher.NONE;
        } else if (kind == ActKind.IMPOSE || kind == ActKind.SUSPEND) {
            until = Math.max(until, from + DAY_NS);
        }
        return new Act(kind, (i + 1) * DAY_NS, from, until, random.nextInt(8) * 5, i);
    }

    /** Half of them days on which a level begins, so that acts meet. */
    private static long day(final Random random, final Measure measure) {
        final List<MeasureLevel> levels = measure.levels();
        final long old = levels.get(random.nextInt(levels.size())).fromNs();
        return random.nextBoolean() ? Math.min(old, (DAYS - 1) * DAY_NS) : random.nextInt(DAYS) * DAY_NS;
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
            assertNotEquals(before, value, message + ": a level that changes nothing");
            before = value;
        }
    }

    /** What a series holds that was offered all points and withdrawals known by then. */
    private static long[] points(final Measure measure, final long knownNs) {
        final NavigableMap<Long, Long> points = new TreeMap<>();
        for (final Amendment change : measure.amendments()) {
            if (change.knowledgeTimeNs() <= knownNs) {
                if (change.isWithdrawal()) {
                    assertNotEquals(null, points.remove(change.validTimeNs()), "withdraws what is there");
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

    /**
     * What begins on each day, and from which day to which what is suspended. A day on which a term begins is the end
     * of the one before it, and needs no other.
     */
    private static final class Table {
        private final char[] set = new char[DAYS + 1];
        private final long[] rate = new long[DAYS + 1];
        private final List<long[]> stretches = new ArrayList<>();

        boolean suits(final Act act) {
            final int from = (int) (act.fromNs() / DAY_NS);
            final int until = act.untilNs() == Publisher.NONE ? DAYS : (int) (act.untilNs() / DAY_NS);
            final long[] last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            return switch (act.kind()) {
                case IMPOSE, VOID -> true;
                case CHANGE -> imposed()[from];
                case POSTPONE ->
                    switch (set[from]) {
                        case 'I' -> endAfter(from) > until;
                        case 'C' -> set[until] != 'E';
                        case 'E' -> termBefore(until) >= 0;
                        default -> false;
                    };
                case WITHDRAW -> set[from] != 0;
                case SUSPEND -> last == null || from >= last[1];
                case EXTEND -> last != null && until >= last[0];
                case END -> termBefore(from) >= 0;
            };
        }

        void apply(final Act act) {
            final int from = (int) (act.fromNs() / DAY_NS);
            final int until = act.untilNs() == Publisher.NONE ? DAYS : (int) (act.untilNs() / DAY_NS);
            switch (act.kind()) {
                case IMPOSE -> {
                    put(from, 'I', act.value());
                    if (act.untilNs() != Publisher.NONE) {
                        clearEnd(from);
                        end(until);
                    }
                }
                case CHANGE -> put(from, set[from] == 'I' ? 'I' : 'C', act.value());
                case POSTPONE -> {
                    final char kind = set[from];
                    final long value = rate[from];
                    put(from, (char) 0, 0);
                    if (kind == 'E') {
                        end(until);
                    } else {
                        put(until, kind == 'C' && set[until] == 'I' ? 'I' : kind, value);
                    }
                }
                case WITHDRAW -> put(from, (char) 0, 0);
                case SUSPEND -> stretches.add(new long[] {from, until, act.value()});
                case EXTEND -> {
                    final long[] last = stretches.remove(stretches.size() - 1);
                    if (until > last[0]) {
                        stretches.add(new long[] {last[0], until, last[2]});
                    }
                }
                case END -> end(from);
                case VOID -> {
                    boolean isAnySet = false;
                    for (int day = 0; day <= DAYS; day++) {
                        isAnySet |= day < from && set[day] != 0;
                        if (day >= from) {
                            put(day, (char) 0, 0);
                        }
                    }
                    put(from, isAnySet ? 'E' : (char) 0, 0);
                    stretches.removeIf(stretch -> stretch[0] >= from);
                    stretches.forEach(stretch -> stretch[1] = Math.min(stretch[1], from));
                }
                default -> throw new AssertionError(act.kind());
            }
        }

        private void put(final int day, final char kind, final long value) {
            set[day] = kind;
            rate[day] = value;
        }

        private void end(final int at) {
            clearEnd(termBefore(at));
            if (set[at] != 'I') {
                put(at, 'E', 0);
            }
        }

        /** The term that begins on a day has no end any more. */
        private void clearEnd(final int from) {
            for (int day = from + 1; day <= DAYS && set[day] != 'I'; day++) {
                if (set[day] == 'E') {
                    put(day, (char) 0, 0);
                }
            }
        }

        /** The day from which it was last imposed before a day, -1 for none. */
        private int termBefore(final int day) {
            int imposed = day - 1;
            while (imposed >= 0 && set[imposed] != 'I') {
                imposed--;
            }
            return imposed;
        }

        /** The end of the term that begins on a day, for one without an end a day behind all. */
        private int endAfter(final int from) {
            int day = from + 1;
            while (day <= DAYS && set[day] != 'I' && set[day] != 'E') {
                day++;
            }
            return day <= DAYS && set[day] == 'E' ? day : DAYS + 1;
        }

        private boolean[] imposed() {
            final boolean[] imposed = new boolean[DAYS];
            boolean isImposed = false;
            for (int day = 0; day < DAYS; day++) {
                isImposed = set[day] == 'I' || isImposed && set[day] != 'E';
                imposed[day] = isImposed;
            }
            return imposed;
        }

        long[] levels() {
            final long[] levels = new long[DAYS];
            final boolean[] imposed = imposed();
            long books = 0;
            for (int day = 0; day < DAYS; day++) {
                if (!imposed[day]) {
                    books = 0;
                } else if (set[day] != 0) {
                    books = rate[day];
                }
                long suspended = 0;
                for (final long[] stretch : stretches) {
                    suspended += day >= stretch[0] && day < stretch[1] ? stretch[2] : 0;
                }
                levels[day] = Math.max(0, books - suspended);
            }
            return levels;
        }
    }
}
