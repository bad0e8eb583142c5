package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.Window;
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
 * Random streams through the engine, in any order, compared with {@link Oracle} at past, present and future instants.
 */
class EngineOracleTest {
    private static final long YEAR_2025 = 1_735_689_600_000_000_000L;

    private final long seed = TestSeed.of("engine and oracle");
    private final Random random = new Random(seed);
    private final Map<RefusalReason, Long> refusals = new EnumMap<>(RefusalReason.class);

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldAgreeWithTheOracleAfterEachPointOfShortStreams(final ClockMode mode) {
        final ClockModel clock = new ClockModel(mode, YEAR_2025);
        long comparisons = 0;
        long expectedRefusals = 0;
        try (Engine engine = TollgateEngine.launch(context(clock).stepped(true))) {
            final MetricReader reader = engine.newReader();
            for (int i = 0; i < 250; i++) {
                final RandomStream stream = new RandomStream(random, "short." + i, false);
                final Twin twin = twin(engine, stream);
                final int length = random.nextInt(random.nextBoolean() ? 10 : 80);
                for (int j = 0; j < length; j++) {
                    moveClock(engine, clock);
                    engine.awaitApplied(put(engine, clock, stream, twin));
                    check(reader, stream, twin, clock, 2);
                    assertEquals(clock.now(), engine.now(), () -> "clock, seed=" + seed);
                }
                check(reader, stream, twin, clock, 40);
                comparisons += twin.comparisonCount();
                expectedRefusals += twin.refusalCount();
            }
            assertEquals(
                    expectedRefusals,
                    refusals.values().stream().mapToLong(Long::longValue).sum());
            assertEquals(refusals, engine.statistics().refusedCounts());
        }
        final long compared = comparisons;
        assertTrue(compared > 200_000, () -> "comparisons=" + compared + " seed=" + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 2_000, 20_000})
    void shouldAgreeWithTheOracleInTheMidstOfLongStreams(final int length) {
        final ClockModel clock = new ClockModel(ClockMode.MANUAL, 0);
        try (Engine engine = TollgateEngine.launch(context(clock).stepped(true))) {
            final MetricReader reader = engine.newReader();
            for (int i = 0; i < 20_000 / length + 3; i++) {
                final RandomStream stream = new RandomStream(random, "long." + i, true);
                final Twin twin = twin(engine, stream);
                final long[] times = times(stream, length);
                for (int j = 0; j < length; j++) {
                    final long ticket =
                            twin.put(engine, clock, times[j], stream.value(), Publisher.NONE, stream.reference());
                    if (random.nextInt(100) == 0) {
                        engine.awaitApplied(ticket);
                        moveClock(engine, clock);
                        check(reader, stream, twin, clock, 1);
                    }
                }
                engine.awaitApplied(put(engine, clock, stream, twin));
                check(reader, stream, twin, clock, 100);
            }
            assertEquals(Map.of(), engine.statistics().refusedCounts());
        }
    }

    @Test
    void shouldAgreeWithTheOracleWhereTheEngineHasAThreadOfItsOwn() {
        final ClockModel clock = new ClockModel(ClockMode.SYSTEM, YEAR_2025);
        final List<RandomStream> streams = new ArrayList<>();
        final List<Twin> twins = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context(clock))) {
            final MetricReader reader = engine.newReader();
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
                    clock.moveTo(clock.nanoTime() + random.nextInt(1_000));
                    // The engine looks at its clock before it takes points from the ring.
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
                    engine.statistics().refusedCounts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    private EngineContext context(final ClockModel clock) {
        return new EngineContext()
                .clockMode(clock.mode())
                .clock(clock)
                .refusalHandler(
                        (reason, series, time, value, knowledge, reference) -> refusals.merge(reason, 1L, Long::sum));
    }

    private Twin twin(final Engine engine, final RandomStream stream) {
        final List<Window> windows = new ArrayList<>(stream.windows());
        Collections.shuffle(windows, random);
        return new Twin(
                engine,
                stream.definition(),
                windows.subList(0, random.nextInt(windows.size() + 1)).toArray(Window[]::new));
    }

    private long put(final Engine engine, final ClockModel clock, final RandomStream stream, final Twin twin) {
        final List<Oracle.Point> points = twin.oracle().points();
        final Oracle.Point revised =
                points.isEmpty() || !stream.isRevision() ? null : points.get(random.nextInt(points.size()));
        final long time = revised == null ? stream.time() : revised.time();
        final boolean isNamed = revised != null && !stream.isStep() && stream.isNamed(revised);
        final long reference = isNamed ? revised.reference() : stream.reference();
        return twin.put(engine, clock, time, stream.value(), knowledge(clock, twin), reference);
    }

    private long knowledge(final ClockModel clock, final Twin twin) {
        if (clock.mode() != ClockMode.KNOWLEDGE || random.nextInt(20) == 0) {
            return Publisher.NONE;
        }
        final long last = Math.max(twin.lastKnowledge(), YEAR_2025);
        return last + random.nextInt(20) - 2;
    }

    private void moveClock(final Engine engine, final ClockModel clock) {
        if (random.nextInt(4) == 0) {
            final long instant = YEAR_2025 + random.nextInt(1_000_000_000);
            clock.moveTo(instant);
            if (clock.mode() == ClockMode.MANUAL) {
                engine.advanceTo(instant);
            }
        }
    }

    private void check(
            final MetricReader reader,
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
