package io.tollgate.core.number;

import static io.tollgate.core.number.ReadableRunSummary.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.NaiveRun.Point;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations, ends and trees of merges, compared with a recomputation from all points. */
class RunSummaryPropertyTest {
    private static final int CASES = TestEffort.times(50_000);
    private static final int MAX_POINTS = 12;

    @ParameterizedTest
    @CsvSource({"false, false, 11", "true, false, 12", "false, true, 14", "true, true, 15"})
    void shouldEqualTheRecomputationAfterEveryOperation(
            final boolean timeWeighted, final boolean isExtended, final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        NaiveRun run = new NaiveRun(timeWeighted);
        RunSummary summary = new RunSummary().clear(timeWeighted);
        long kept = 0;
        long renewed = 0;
        for (int step = 0; step < CASES; step++) {
            if (step % 40 == 0) {
                run = NaiveRun.random(longs, timeWeighted, longs.below(MAX_POINTS))
                        .extended(isExtended);
                summary = run.summary(0, run.size());
            }
            final int operation = longs.below(9);
            final boolean right = operate(operation, run, summary, longs);
            final String message = longs.at(step) + " operation=" + operation;
            run.assertSums(summary, message);
            if (!right) {
                summary.renewExtremes(run.summary(0, run.size()));
                renewed++;
            } else {
                kept++;
            }
            run.assertExtremes(summary, message);
        }
        assertTrue(kept > CASES / 2 && renewed > CASES / 200, longs.at(0) + " kept=" + kept + " renewed=" + renewed);
    }

    private static boolean operate(
            final int operation, final NaiveRun run, final RunSummary summary, final AdversarialLongs longs) {
        final int size = run.size();
        if (operation == 0 && size < MAX_POINTS) {
            final Point point =
                    new Point(size == 0 ? longs.time() : later(run.last().time(), longs), value(run, longs));
            run.points.add(point);
            summary.append(point.time(), point.value());
        } else if (operation == 8) {
            final int appended = longs.below(MAX_POINTS + 1 - size);
            for (int i = 0; i < appended; i++) {
                final long time =
                        run.size() == 0 ? longs.time() : later(run.last().time(), longs);
                run.points.add(new Point(time, value(run, longs)));
            }
            summary.append(NaiveRun.stored(run.points.subList(size, run.size())), NaiveRun.STORED_OFFSET, appended);
        } else if (operation == 1 && size < MAX_POINTS) {
            final Point point =
                    new Point(size == 0 ? longs.time() : earlier(run.get(0).time(), longs), value(run, longs));
            run.points.add(0, point);
            summary.prepend(point.time(), point.value());
        } else if (operation == 2 && size > 1 && !summary.isExtended()) {
            final int evictions = longs.oneIn(2) ? 1 : 1 + longs.below(size - 1);
            final boolean isExact = NaiveRun.evictFirst(summary, run.points.subList(1, evictions + 1));
            run.points.subList(0, evictions).clear();
            return isExact;
        } else if (operation == 3 && size > 1 && size < MAX_POINTS) {
            final int at = 1 + longs.below(size - 1);
            final Point previous = run.get(at - 1);
            final Point next = run.get(at);
            final Point point = new Point(between(previous.time(), next.time(), longs), value(run, longs));
            run.points.add(at, point);
            return summary.insert(
                    previous.time(), previous.value(), point.time(), point.value(), next.time(), next.value());
        } else if (operation == 4 && size > 2) {
            final int at = 1 + longs.below(size - 2);
            final Point point = run.points.remove(at);
            final Point previous = run.get(at - 1);
            final Point next = run.get(at);
            return summary.remove(
                    previous.time(), previous.value(), point.time(), point.value(), next.time(), next.value());
        } else if (operation == 5 && size > 0) {
            return replace(longs.below(size), run, summary, longs);
        } else if (operation == 6) {
            storeAndLoad(summary);
        } else if (operation == 7 && size > 0) {
            final int split = longs.below(size + 1);
            summary.copyFrom(run.summary(0, split)).append(run.summary(split, size));
        }
        return true;
    }

    private static void storeAndLoad(final RunSummary summary) {
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        if (summary.isExtended()) {
            summary.storeExtended(buffer, 0);
            summary.copyFrom(new RunSummary().loadExtended(buffer, 0, summary.timeWeighted()));
        } else {
            summary.store(buffer, 0);
            summary.copyFrom(new RunSummary().load(buffer, 0, summary.timeWeighted()));
        }
    }

    private static boolean replace(
            final int at, final NaiveRun run, final RunSummary summary, final AdversarialLongs longs) {
        final Point old = run.get(at);
        final long value = value(run, longs);
        run.points.set(at, new Point(old.time(), value));
        final boolean isFirst = at == 0;
        final boolean isLast = at == run.size() - 1;
        /* Unread fields must have no effect. */
        final Point previous = isFirst ? new Point(longs.any(), longs.any()) : run.get(at - 1);
        final Point next = isLast ? new Point(longs.any(), longs.any()) : run.get(at + 1);
        return summary.replace(
                old.time(), old.value(), value, isFirst, isLast, previous.value(), next.time(), next.value());
    }

    private static long value(final NaiveRun run, final AdversarialLongs longs) {
        if (run.size() > 0 && longs.oneIn(2)) {
            final long copied = run.get(longs.below(run.size())).value();
            return copied == UNKNOWN ? copied : Math.max(copied + longs.below(3) - 1, UNKNOWN + 1);
        }
        return longs.value();
    }

    private static long later(final long time, final AdversarialLongs longs) {
        return Math.max(time, longs.oneIn(2) ? longs.time() : Math.min(time, Long.MAX_VALUE - 3) + longs.below(2));
    }

    private static long earlier(final long time, final AdversarialLongs longs) {
        return Math.min(time, longs.oneIn(2) ? longs.time() : Math.max(time, Long.MIN_VALUE + 3) - longs.below(2));
    }

    private static long between(final long from, final long to, final AdversarialLongs longs) {
        return Math.max(from, Math.min(to, longs.oneIn(2) ? longs.time() : from));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void shouldBeginLaterAndEndLaterInAnyOrder(final long seed) {
        final AdversarialLongs longs = new AdversarialLongs(seed);
        for (int step = 0; step < CASES; step++) {
            final NaiveRun run =
                    NaiveRun.random(longs, true, 1 + longs.below(3)).extended(longs.oneIn(2));
            final RunSummary summary = run.summary(0, run.size());
            final long end = later(run.last().time(), longs);
            final long latestStart = run.size() == 1 ? end : run.get(1).time();
            final long start = between(run.get(0).time(), latestStart, longs);
            if (longs.oneIn(2)) {
                summary.trimStart(start);
                summary.extendEnd(end);
            } else {
                summary.extendEnd(end);
                summary.trimStart(start);
            }
            run.assertSums(summary, start, end, longs.at(step));
            run.assertExtremes(summary, longs.at(step));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveTheSameBitsForEveryTreeOfMerges(final boolean timeWeighted) {
        final AdversarialLongs longs = new AdversarialLongs(timeWeighted ? 31 : 32);
        final NativeBuffer expected = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        final NativeBuffer actual = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        for (int step = 0; step < CASES; step++) {
            final NaiveRun run = NaiveRun.random(longs, timeWeighted, longs.below(MAX_POINTS))
                    .extended(true);
            run.summary(0, run.size()).storeExtended(expected, 0);
            merged(run, 0, run.size(), longs).storeExtended(actual, 0);
            assertEquals(
                    NativeMemory.text(expected, RunSummaryDescriptor.LENGTH),
                    NativeMemory.text(actual, RunSummaryDescriptor.LENGTH),
                    longs.at(step) + " points=" + run.points);
        }
    }

    private static RunSummary merged(final NaiveRun run, final int from, final int to, final AdversarialLongs longs) {
        if (longs.oneIn(3) || to - from <= 1) {
            return run.summary(from, to);
        }
        final int split = from + longs.below(to - from + 1);
        final RunSummary left = split == to ? run.summary(from, to) : merged(run, from, split, longs);
        left.append(split == from ? run.summary(from, to) : merged(run, split, to, longs));
        return left;
    }
}
