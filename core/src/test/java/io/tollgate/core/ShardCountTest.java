package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineStatistics;
import io.tollgate.api.Instants;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PairReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One thread's random calls on engines of 1, 2 and 5 shards: answers, knowledge times, references, refusals and the
 * clock are the same, bit for bit.
 */
class ShardCountTest {
    private static final int SERIES = 30;
    private static final int OPERATIONS = 6_000;
    private static final int SPREAD = 400;
    private static final Window[] WINDOWS = {
        Window.slidingNs(20), Window.slidingNs(150), Window.slidingNs(333), Window.last(7), Window.since(-50)
    };

    private final long seed = TestSeed.of("shards");
    private final Random random = new Random(seed);

    /** One engine, and what is done to it. */
    private static final class Side {
        private final Engine engine;
        private final ClockModel clock;
        private final List<String> refusals = new ArrayList<>();
        private final List<Series> series = new ArrayList<>();
        private long ticket;

        Side(final ClockMode mode, final int shardCount, final boolean isStepped) {
            clock = new ClockModel(mode, 0);
            engine = TollgateEngine.launch(new EngineContext()
                    .clockMode(mode)
                    .clock(clock)
                    .shardCount(shardCount)
                    .stepped(isStepped)
                    .refusalHandler(this::refuse));
        }

        private void refuse(
                final RefusalReason reason,
                final long number,
                final long time,
                final long value,
                final long knowledge,
                final long reference) {
            final String key = engine.find(number).orElseThrow().key();
            refusals.add(String.join(
                    " ",
                    reason.name(),
                    key,
                    Long.toString(time),
                    Long.toString(value),
                    Long.toString(knowledge),
                    Long.toString(reference)));
        }
    }

    /** Something that is done to each engine. */
    private interface Action {
        void on(Side side);
    }

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldGiveTheSameBitsWithAnyNumberOfShards(final ClockMode mode) {
        final Side single = new Side(mode, 1, true);
        final List<Side> sides = List.of(single, new Side(mode, 2, true), new Side(mode, 5, random.nextBoolean()));
        try {
            for (int i = 0; i < SERIES; i++) {
                final SeriesDefinition definition = definition(i);
                each(sides, side -> side.series.add(Twin.define(side.engine, definition)));
            }
            for (int i = 0; i < OPERATIONS; i++) {
                operate(sides, mode);
            }
            each(sides, side -> side.engine.awaitApplied(side.ticket));
            each(sides, side -> side.refusals.sort(null));
            for (final Side side : sides) {
                assertEquals(single.engine.now(), side.engine.now(), () -> "seed=" + seed);
                assertEquals(single.refusals, side.refusals, () -> "seed=" + seed);
                assertEquals(counts(single), counts(side), () -> "seed=" + seed);
            }
            compareReadings(sides);
        } finally {
            each(sides, side -> side.engine.close());
        }
    }

    private static void each(final List<Side> sides, final Action action) {
        sides.forEach(action::on);
    }

    private static List<Object> counts(final Side side) {
        final EngineStatistics statistics = side.engine.statistics();
        return List.of(
                statistics.seriesCount(),
                statistics.appliedCount(),
                statistics.revisedCount(),
                statistics.lateCount(),
                statistics.ignoredCount(),
                statistics.withdrawnCount(),
                statistics.refusedCounts());
    }

    private SeriesDefinition definition(final int number) {
        final SeriesDefinition plain = number % 2 == 0
                ? SeriesDefinition.step("level." + number, Unit.PERCENT, 2)
                : SeriesDefinition.flow("events." + number, Unit.COUNT, 0);
        final DuplicatePolicy any = DuplicatePolicy.values()[random.nextInt(DuplicatePolicy.values().length)];
        final SeriesDefinition definition = any.suits(plain.kind()) ? plain.withDuplicates(any) : plain;
        return random.nextBoolean() ? definition : definition.withWindows(WINDOWS[0], WINDOWS[1]);
    }

    private void operate(final List<Side> sides, final ClockMode mode) {
        final int chosen = random.nextInt(SERIES);
        // Under EVENT a refused point may have moved the clock of several shards, so none lies behind all others.
        final boolean isRefusable = mode != ClockMode.EVENT;
        final long time = random.nextInt(SPREAD) - SPREAD / 2;
        final long value = random.nextInt(100);
        final boolean isGiven = mode == ClockMode.KNOWLEDGE || isRefusable && random.nextInt(3) == 0;
        final long knowledge = isGiven ? random.nextInt(60) + (long) SPREAD : Publisher.NONE;
        // A missing one becomes the sequence number in the log of the shard: what is in order stays in order.
        final long reference = chosen % 4 == 1 ? Publisher.NONE : random.nextInt(4) - 2L;
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> {
                if (isRefusable || time < -SPREAD / 3) {
                    each(
                            sides,
                            side -> side.ticket =
                                    Twin.withdraw(side.engine, side.series.get(chosen), time, knowledge, reference));
                }
            }
            case 4 -> move(sides, mode, random.nextInt(SPREAD));
            case 5 -> {
                final WindowRegistration registration = WindowRegistration.of(
                                random.nextBoolean() ? "*" : "level." + chosen)
                        .withWindows(Window.slidingNs(1 + random.nextInt(5)));
                each(sides, side -> side.engine.register(registration));
            }
            default ->
                each(
                        sides,
                        side -> side.ticket =
                                Twin.offer(side.engine, side.series.get(chosen), time, value, knowledge, reference));
        }
    }

    /** A manual clock moves in the midst of points that are not applied yet, that of the system between them. */
    private void move(final List<Side> sides, final ClockMode mode, final long instant) {
        if (mode == ClockMode.MANUAL) {
            each(sides, side -> side.engine.advanceTo(instant));
        } else if (mode == ClockMode.SYSTEM) {
            each(sides, side -> {
                if (side.ticket > 0) {
                    side.engine.awaitApplied(side.ticket);
                }
                side.clock.moveTo(instant);
            });
        }
    }

    private void compareReadings(final List<Side> sides) {
        final List<List<String>> all = new ArrayList<>();
        for (final Side side : sides) {
            final Random questions = new Random(seed);
            final MetricReader reader = side.engine.newReader();
            final List<String> answers = new ArrayList<>();
            for (final Series series : side.series) {
                for (int i = 0; i < 12; i++) {
                    final long at = questions.nextInt(SPREAD * 2) - SPREAD;
                    answers.add(ArrivalOrderTest.bits(reader, series, WINDOWS[questions.nextInt(WINDOWS.length)], at));
                    if (series instanceof StepSeries step) {
                        answers.add(level(reader, step, at));
                    }
                }
            }
            for (int i = 0; i < 200; i++) {
                answers.add(pair(reader, side.series, questions));
            }
            all.add(answers);
        }
        assertTrue(all.get(0).size() > 700);
        for (final List<String> answers : all) {
            assertEquals(all.get(0), answers, () -> "seed=" + seed);
        }
    }

    private static String level(final MetricReader reader, final StepSeries series, final long at) {
        final LevelReading reading = reader.newLevelReading();
        reader.readLevel(series, at, reading);
        return List.of(
                        reading.status(),
                        reading.scaledValue(),
                        reading.sinceNs(),
                        reading.nextChangeAtNs(),
                        reading.knowledgeTimeNs(),
                        reading.reference())
                .toString();
    }

    private static String pair(final MetricReader reader, final List<Series> series, final Random questions) {
        final StepSeries x = (StepSeries) series.get(2 * questions.nextInt(SERIES / 2));
        final StepSeries y = (StepSeries) series.get(2 * questions.nextInt(SERIES / 2));
        final PairReading reading = reader.newPairReading();
        reader.readPair(
                Pair.asOf(x, y), WINDOWS[questions.nextInt(3)], questions.nextInt(SPREAD * 2) - SPREAD, reading);
        final StringBuilder text = new StringBuilder();
        for (final PairMetric metric : PairMetric.values()) {
            text.append(reading.status(metric))
                    .append(' ')
                    .append(Double.doubleToRawLongBits(reading.value(metric)))
                    .append(' ');
        }
        return text.toString();
    }

    /** In mode EVENT a point of one series is known no earlier than one of another shard that was offered before it. */
    @ParameterizedTest
    @EnumSource(
            value = ClockMode.class,
            names = {"EVENT", "MANUAL"})
    void shouldStampPointsInTheOrderInWhichTheyWereOffered(final ClockMode mode) {
        final Map<Integer, List<Long>> known = new HashMap<>();
        for (final int shardCount : new int[] {1, 2, 5}) {
            final Side side = new Side(mode, shardCount, true);
            try (Engine engine = side.engine) {
                final List<StepSeries> levels = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    levels.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)));
                }
                for (int i = 0; i < 8; i++) {
                    final long time = i % 3 == 0 ? 100 + i : i;
                    side.ticket = engine.publisher().offer(levels.get(i), time, i);
                    if (mode == ClockMode.MANUAL && i % 2 == 1) {
                        engine.advanceTo(1_000 + i);
                    }
                }
                engine.awaitApplied(side.ticket);
                known.put(
                        shardCount,
                        levels.stream()
                                .map(level -> knowledgeTime(engine, level))
                                .toList());
            }
        }
        assertEquals(known.get(1), known.get(2));
        assertEquals(known.get(1), known.get(5));
        assertTrue(known.get(1).stream().distinct().count() > 2);
    }

    private static long knowledgeTime(final Engine engine, final StepSeries level) {
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.newLevelReading();
        reader.readLevel(level, Instants.MAX, reading);
        return reading.knowledgeTimeNs();
    }
}
