package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random streams in any order through the engine, compared with {@link Oracle} at past, present and future instants.
 */
public class EngineOracleTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int SHORT_STREAMS = TestEffort.times(10);
    private static final long YEAR_2025 = 1_735_689_600_000_000_000L;

    private final long seed = TestSeed.of(seedName());
    private final Random random = new Random(seed);
    private final Map<RefusalReason, Long> refusals = new EnumMap<>(RefusalReason.class);
    private int closedCount;

    /** A subclass with streams of its own overrides this. */
    public String seedName() {
        return "engine and oracle";
    }

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    public void shouldAgreeWithTheOracleAfterEachPointOfShortStreams(final ClockMode mode) {
        long comparisons = 0;
        // A few streams may not end any series.
        for (int i = 0; i < SHORT_STREAMS || closedCount == 0 && i < 10 * SHORT_STREAMS; i++) {
            comparisons += compareShortStream(mode, i);
        }
        final long compared = comparisons;
        assertTrue(compared > 800L * SHORT_STREAMS, () -> "comparisons=" + compared + " seed=" + seed);
        assertTrue(closedCount > 0, () -> "closed=" + closedCount + " seed=" + seed);
    }

    private long compareShortStream(final ClockMode mode, final int number) {
        final ClockModel clock = new ClockModel(mode, Instants.MIN);
        final RandomStream stream = new RandomStream(random, "short." + number, false);
        refusals.clear();
        try (Engine engine = TollgateEngine.launch(context(clock).threadingMode(ThreadingMode.STEPPED))) {
            final TestReader reader = new TestReader(engine.newReader());
            final Twin twin = twin(engine, stream);
            final int length = random.nextInt(random.nextBoolean() ? 10 : 80);
            for (int i = 0; i < length; i++) {
                if (random.nextInt(4) == 0) {
                    moveClock(engine, clock, stream);
                }
                engine.awaitApplied(put(engine, clock, stream, twin));
                if (random.nextInt(60) == 0) {
                    close(engine, clock, stream, twin);
                }
                check(reader, stream, twin, clock, 2);
                assertEquals(clock.now(), engine.now(), () -> "clock, seed=" + seed);
            }
            moveClock(engine, clock, stream);
            check(reader, stream, twin, clock, 40);
            assertEquals(twin.refusalCount(), refusalCount(refusals), () -> "refusals, seed=" + seed);
            assertEquals(refusals, engine.admin().statistics().refusedCounts());
            return twin.comparisonCount();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1_000, 5_000})
    public void shouldAgreeWithTheOracleDuringLongStreams(final int length) {
        for (int i = 0; i < TestEffort.times(1_000) / length + 1; i++) {
            compareLongStream(length, i);
        }
    }

    private void compareLongStream(final int length, final int number) {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, Instants.MIN);
        final RandomStream stream = new RandomStream(random, "long." + number, true);
        try (Engine engine = TollgateEngine.launch(context(clock).threadingMode(ThreadingMode.STEPPED))) {
            final TestReader reader = new TestReader(engine.newReader());
            final Twin twin = twin(engine, stream);
            final long[] times = times(stream, length);
            for (final long time : times) {
                long ticket = twin.put(engine, clock, time, stream.value(), Instants.NONE, stream.reference());
                if (stream.isWithdrawal()) {
                    ticket = withdraw(engine, clock, stream, twin);
                }
                if (random.nextInt(100) == 0) {
                    engine.awaitApplied(ticket);
                    moveClock(engine, clock, stream);
                    check(reader, stream, twin, clock, 1);
                }
            }
            engine.awaitApplied(put(engine, clock, stream, twin));
            if (random.nextInt(3) == 0) {
                close(engine, clock, stream, twin);
            }
            check(reader, stream, twin, clock, 100);
            withdrawMost(engine, clock, stream, twin);
            for (int i = 0; i < 100; i++) {
                engine.awaitApplied(put(engine, clock, stream, twin));
            }
            check(reader, stream, twin, clock, 20);
            assertEquals(
                    twin.refusalCount(),
                    refusalCount(engine.admin().statistics().refusedCounts()),
                    () -> "seed=" + seed);
        }
    }

    /** Ends the life of an open series, soon after its last point or later. Other points may come before the end. */
    private void close(final Engine engine, final ClockModel clock, final RandomStream stream, final Twin twin) {
        final CurrentPoints points = twin.oracle().current();
        final long last = points.isEmpty()
                ? Instants.MIN
                : points.all().get(points.all().size() - 1).time();
        final long near = last + Math.min(random.nextInt(4), Instants.MAX - last);
        final long end = random.nextBoolean() ? near : stream.timeAfter(last);
        if (points.canEndAt(end) && end > stream.definition().policies().lifeStartNs()) {
            final long known = stream.timeAfter(Math.max(Instants.MIN, twin.lastKnowledge()));
            twin.close(engine, clock, end, clock.mode() == ClockMode.KNOWLEDGE ? known : Instants.NONE);
            closedCount++;
        }
    }

    /** Withdraws all but a few points, or all. Events without a reference that share an instant stay. */
    private void withdrawMost(final Engine engine, final ClockModel clock, final RandomStream stream, final Twin twin) {
        final TestReader reader = new TestReader(engine.newReader());
        final List<Oracle.Point> points = new ArrayList<>(twin.oracle().points());
        Collections.shuffle(points, random);
        final int kept = random.nextInt(2) * random.nextInt(60);
        for (int i = kept; i < points.size(); i++) {
            final Oracle.Point point = points.get(i);
            final long reference = point.reference();
            final long ticket = twin.withdraw(engine, clock, point.time(), Instants.NONE, reference);
            if (random.nextInt(1 + points.size() / 10) == 0 || i >= points.size() - 40) {
                engine.awaitApplied(ticket);
                check(reader, stream, twin, clock, 2);
            }
        }
    }

    @Test
    void shouldAgreeWithTheOracleIfTheEngineHasAThreadOfItsOwn() {
        final ClockModel clock = new ClockModel(ClockMode.SYSTEM, YEAR_2025);
        final List<RandomStream> streams = new ArrayList<>();
        final List<Twin> twins = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context(clock))) {
            final TestReader reader = new TestReader(engine.newReader());
            for (int i = 0; i < 20; i++) {
                streams.add(new RandomStream(random, "threaded." + i, false));
                twins.add(twin(engine, streams.get(i)));
            }
            long ticket = 1;
            for (int i = 0; i < 6_000; i++) {
                final int chosen = random.nextInt(streams.size());
                ticket = put(engine, clock, streams.get(chosen), twins.get(chosen));
                if (random.nextInt(50) == 0) {
                    engine.awaitApplied(ticket);
                    clock.moveTo(clock.nanoTime() + random.nextInt(7) * DAY_NS);
                    // The engine reads its clock before it takes points from the ring.
                    while (engine.now() < clock.nanoTime()) {
                        Thread.onSpinWait();
                    }
                    check(reader, streams.get(chosen), twins.get(chosen), clock, 3);
                }
            }
            engine.awaitApplied(ticket);
            for (int i = 0; i < streams.size(); i++) {
                check(reader, streams.get(i), twins.get(i), clock, 50);
            }
            assertEquals(
                    twins.stream().mapToLong(Twin::refusalCount).sum(),
                    refusalCount(engine.admin().statistics().refusedCounts()));
        }
    }

    private static long refusalCount(final Map<RefusalReason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A random stream found this: the first of two events evicted the smallest value, and the second counted twice. */
    @Test
    void shouldCountEventsOfOneInstantOnceWhenTheyComeIntoEffectTogether() {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, Instants.MIN);
        final long min = Instants.MIN;
        final long[][] pending = {
            {-1, 143, Publisher.NO_REFERENCE},
            {min + 1, 89, Publisher.NO_REFERENCE},
            {Instants.MAX - 1, 53, Publisher.NO_REFERENCE},
            {-1, 40, Publisher.NO_REFERENCE},
            {min, 105, -1},
            {1, 26, -1},
            {min, 26, -2},
            {0, 66, -1},
            {min + 1, 147, Publisher.NO_REFERENCE}
        };
        try (Engine engine = TollgateEngine.launch(context(clock).threadingMode(ThreadingMode.STEPPED))) {
            final Window window = Window.slidingNs(4);
            final Twin twin = new Twin(engine, SeriesDefinition.flow("pending", Unit.COUNT, 6), window);
            for (final long[] event : pending) {
                engine.awaitApplied(twin.put(engine, clock, event[0], event[1], Instants.NONE, event[2]));
            }
            clock.moveTo(YEAR_2025);
            engine.advanceTo(YEAR_2025);
            engine.awaitApplied(twin.put(engine, clock, 1, 34, Instants.NONE, -4));
            twin.check(new TestReader(engine.newReader()), window, 1, "pending events");
            assertEquals(5, twin.oracle().window(window, 1).count());
        }
    }

    private EngineContext context(final ClockModel clock) {
        return TestContext.of(clock.mode())
                .clock(clock)
                .refusalHandler(refusal -> refusals.merge(refusal.reason(), 1L, Long::sum));
    }

    private Twin twin(final Engine engine, final RandomStream stream) {
        final List<Window> windows = new ArrayList<>(stream.windows());
        Collections.shuffle(windows, random);
        return new Twin(
                engine,
                stream.definition(),
                windows.subList(0, random.nextInt(windows.size() + 1)).toArray(Window[]::new));
    }

    /** Offers a point, a revision or a repetition, or withdraws a point. */
    private long put(final Engine engine, final ClockModel clock, final RandomStream stream, final Twin twin) {
        if (stream.isWithdrawal()) {
            return withdraw(engine, clock, stream, twin);
        }
        final List<Oracle.Point> points = twin.oracle().points();
        final Oracle.Point revised =
                points.isEmpty() || !stream.isRevision() ? null : points.get(random.nextInt(points.size()));
        final long time = revised == null ? stream.time() : revised.time();
        if (revised != null && stream.isRepetition()) {
            return twin.put(engine, clock, time, revised.value(), knowledge(clock, stream, twin), revised.reference());
        }
        final boolean isNamed = revised != null && !stream.isStep() && revised.isNamed();
        final long reference = isNamed ? revised.reference() : stream.reference();
        return twin.put(engine, clock, time, stream.value(), knowledge(clock, stream, twin), reference);
    }

    /** Withdraws an existing point, rarely a missing one. */
    private long withdraw(final Engine engine, final ClockModel clock, final RandomStream stream, final Twin twin) {
        final long near = stream.time();
        final Oracle.Point before = twin.oracle().current().floor(near);
        final Oracle.Point point =
                before != null ? before : twin.oracle().current().higher(near);
        final long time = point == null || random.nextInt(20) == 0 ? near : point.time();
        final long reference = point == null ? Publisher.NO_REFERENCE : stream.withdrawnReference(point);
        return twin.withdraw(engine, clock, time, knowledge(clock, stream, twin), reference);
    }

    private long knowledge(final ClockModel clock, final RandomStream stream, final Twin twin) {
        final long last = twin.lastKnowledge();
        final int choice = random.nextInt(20);
        if (clock.mode() != ClockMode.KNOWLEDGE || choice == 0) {
            return Instants.NONE;
        }
        if (choice == 1 && last > Instants.MIN) {
            return last - 1;
        }
        return choice < 8 ? stream.timeAfter(last) : last;
    }

    /** Makes pending points take effect. A system clock is sometimes set back, without effect. */
    private void moveClock(final Engine engine, final ClockModel clock, final RandomStream stream) {
        final boolean isSetBack = clock.mode() == ClockMode.SYSTEM && random.nextInt(8) == 0;
        final long instant = isSetBack ? stream.time() : stream.timeAfter(clock.now());
        clock.moveTo(instant);
        if (clock.mode() == ClockMode.MANUAL) {
            engine.advanceTo(instant);
        }
    }

    private void check(
            final TestReader reader,
            final RandomStream stream,
            final Twin twin,
            final ClockModel clock,
            final int times) {
        final List<Oracle.Point> points = twin.oracle().points();
        for (int i = 0; i < times; i++) {
            final Window window =
                    stream.windows().get(random.nextInt(stream.windows().size()));
            final long at = random.nextInt(10) == 0 ? clock.now() : stream.instant(points, window);
            twin.check(reader, window, at, "seed=" + seed + " mode=" + clock.mode());
        }
    }

    private long[] times(final RandomStream stream, final int length) {
        final long[] times = LongStream.generate(stream::time).limit(length).toArray();
        final int order = random.nextInt(4);
        if (order > 0) {
            Arrays.sort(times);
        }
        for (int i = 0; order == 1 && i < length / 2; i++) {
            final long time = times[i];
            times[i] = times[length - 1 - i];
            times[length - 1 - i] = time;
        }
        for (int i = 1; order == 2 && i < length; i++) {
            if (random.nextInt(10) == 0) {
                final int earlier = Math.max(0, i - 1 - random.nextInt(500));
                final long time = times[i];
                times[i] = times[earlier];
                times[earlier] = time;
            }
        }
        return times;
    }
}
