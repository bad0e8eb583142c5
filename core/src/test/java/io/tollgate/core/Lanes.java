package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Numbered operations in lanes: what a lane holds after n of them is known whatever happened in the others, and the
 * store tells n. Even lanes are events, one an operation, often late. Odd lanes are levels with revisions, withdrawals
 * and unknowns; each operation is a batch with an event in a series that counts, with the level. Knowledge
 * times are given, so that also what was known when is the same.
 */
final class Lanes {
    private static final int KINDS = 10;
    private static final int REVISION = 5;
    private static final int WITHDRAWAL = 7;
    private static final int UNKNOWN = 9;
    /** Between the times of two operations. */
    static final long SPACE_NS = 10;

    private static final long KNOWN_AFTER_NS = 3;
    private static final List<Window> WINDOWS =
            List.of(Window.slidingNs(173), Window.slidingNs(20_000), Window.last(7), Window.slidingNs(1L << 40));

    private final Engine engine;
    private final int count;
    private final Batch batch;
    private final FlowSeries[] events;
    private final StepSeries[] levels;
    private long lastTicket;

    /** Feeds an engine, whose series are defined when they are first needed. */
    Lanes(final Engine engine, final int count) {
        this.engine = engine;
        this.count = count;
        batch = engine.publisher().newBatch();
        events = new FlowSeries[count];
        levels = new StepSeries[count];
    }

    /** An engine that the operations are for. */
    static EngineContext context() {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .clockMode(ClockMode.KNOWLEDGE)
                .firstMapEntries(1_024)
                .logSegmentLength(1 << 16);
    }

    /** Offers the operation of a number in a lane, until it is taken, and gives its ticket. */
    long offer(final int lane, final long number) {
        define(lane);
        long ticket = tryOffer(lane, number);
        while (ticket == Publisher.BACK_PRESSURED) {
            // Works an engine that is stepped, too.
            engine.awaitApplied(lastTicket);
            ticket = tryOffer(lane, number);
        }
        assertTrue(ticket > 0, Publisher.describe(ticket));
        lastTicket = ticket;
        return ticket;
    }

    private void define(final int lane) {
        defineEvents(lane);
        if (lane % 2 == 1) {
            defineLevel(lane);
        }
    }

    private void defineEvents(final int lane) {
        if (events[lane] == null) {
            events[lane] = engine.defineFlow(
                    SeriesDefinition.flow(eventsKey(lane), Unit.COUNT, 0).withWindows(Window.slidingNs(173)));
        }
    }

    private void defineLevel(final int lane) {
        if (levels[lane] == null) {
            levels[lane] = engine.defineStep(SeriesDefinition.step("lane." + lane, Unit.PERCENT, 2)
                    .withWindows(Window.slidingNs(173), Window.slidingNs(20_000)));
        }
    }

    /** Defines what another engine has, of which it may have no operation yet. */
    void defineThoseOf(final Engine other) {
        for (int lane = 0; lane < count; lane++) {
            if (other.find(eventsKey(lane)).isPresent()) {
                defineEvents(lane);
            }
            if (lane % 2 == 1 && other.find("lane." + lane).isPresent()) {
                defineLevel(lane);
            }
        }
    }

    private static String eventsKey(final int lane) {
        return (lane % 2 == 0 ? "lane." : "count.") + lane;
    }

    private long tryOffer(final int lane, final long number) {
        final long known = SPACE_NS * number + KNOWN_AFTER_NS;
        if (lane % 2 == 0) {
            return engine.publisher().offer(events[lane], timeOf(number), valueOf(lane, number), known, number);
        }
        if (batch.begin() < 0) {
            return Publisher.BACK_PRESSURED;
        }
        change(batch, levels[lane], lane, number, known);
        batch.offer(events[lane], SPACE_NS * number, 1, known, number);
        final long ticket = batch.commit();
        if (ticket < 0) {
            batch.abort();
        }
        return ticket;
    }

    /** Whether the operation of a number changes a level that was there. */
    static boolean isRevision(final long number) {
        return number % KINDS == REVISION;
    }

    /** Takes what operations change in a level. */
    private interface Level {
        void put(long time, long value);

        void withdraw(long time);
    }

    private static void change(final Level level, final int lane, final long number) {
        switch ((int) (number % KINDS)) {
            case REVISION -> level.put(timeOf(number - 1), -valueOf(lane, number));
            case WITHDRAWAL -> level.withdraw(timeOf(number - 1));
            case UNKNOWN -> level.put(timeOf(number), Publisher.UNKNOWN);
            default -> level.put(timeOf(number), valueOf(lane, number));
        }
    }

    /** What the operation of a number changes in a level. */
    static void change(final Batch batch, final StepSeries level, final int lane, final long number, final long known) {
        change(
                new Level() {
                    @Override
                    public void put(final long time, final long value) {
                        if (value == Publisher.UNKNOWN) {
                            batch.offerUnknown(level, time, known, lane);
                        } else {
                            batch.offer(level, time, value, known, lane);
                        }
                    }

                    @Override
                    public void withdraw(final long time) {
                        batch.withdraw(level, time, known, Publisher.NONE);
                    }
                },
                lane,
                number);
    }

    /** Every fourth is late; no two are the same. */
    private static long timeOf(final long number) {
        return SPACE_NS * number - (number % 4 == 3 ? SPACE_NS * 5 / 2 : 0);
    }

    private static long valueOf(final int lane, final long number) {
        return new Random(31 * number + lane).nextInt(10_000);
    }

    /** How many operations of a lane an engine holds. */
    static long numberIn(final Engine engine, final int lane) {
        return numberIn(engine::find, engine.newReader(), lane);
    }

    /** How many operations of a lane a reader sees. */
    static long numberIn(final Function<String, Optional<Series>> series, final MetricReader reader, final int lane) {
        return series.apply(eventsKey(lane))
                .map(found -> PointCount.of(reader, found))
                .orElse(0L);
    }

    /** Requires that an engine answers as one that was fed as many operations of each lane as it holds, and no more. */
    static void requireSame(final Engine engine, final int count, final String what) {
        requireSame(engine::find, engine.newReader(), count, what);
    }

    /** Requires that a reader answers as an engine that was fed as many operations of each lane as it sees. */
    static void requireSame(
            final Function<String, Optional<Series>> series,
            final MetricReader reader,
            final int count,
            final String what) {
        requireSame(series, reader, IntStream.range(0, count).toArray(), what);
    }

    /** Requires that of some lanes. */
    static void requireSame(
            final Function<String, Optional<Series>> series,
            final MetricReader reader,
            final int[] some,
            final String what) {
        try (Engine twin = TollgateEngine.launch(context().stepped(true))) {
            final Lanes lanes = new Lanes(twin, 1 + IntStream.of(some).max().orElse(0));
            for (final int lane : some) {
                final long number = numberIn(series, reader, lane);
                lanes.feed(lane, 0, number);
                if (number > 0) {
                    final String key = "lane." + lane;
                    assertEquals(
                            answers(twin.newReader(), twin.find(key).orElseThrow(), number, Instants.MAX),
                            answers(reader, series.apply(key).orElseThrow(), number, Instants.MAX),
                            what + " lane=" + lane);
                }
            }
        }
    }

    /** Requires that a reader answers of a lane as an oracle does that was told as many operations as it sees. */
    static void requireOracle(final Engine engine, final int lane, final String what) {
        final MetricReader reader = engine.newReader();
        final long number = numberIn(engine, lane);
        final Optional<Series> series = engine.find("lane." + lane);
        if (number == 0 || series.isEmpty()) {
            return;
        }
        final long end = SPACE_NS * number;
        for (final long at : new long[] {end + SPACE_NS, end / 2 + 3}) {
            // What came to be known up to then, or all of it.
            for (final long knownAt : new long[] {at - 333, Instants.MAX}) {
                final long known = Math.min(number, Math.max(0, Math.floorDiv(knownAt - KNOWN_AFTER_NS, SPACE_NS) + 1));
                final Oracle oracle = oracle(series.get().definition(), lane, known);
                for (final Window window : WINDOWS) {
                    OracleComparison.require(
                            oracle.window(window, at),
                            reader,
                            series.get(),
                            window,
                            at,
                            knownAt,
                            what + " lane=" + lane + " known=" + known + " of " + number + " window=" + window + " at="
                                    + at);
                }
            }
        }
    }

    private static Oracle oracle(final SeriesDefinition definition, final int lane, final long number) {
        final Oracle oracle = new Oracle(definition);
        for (long i = 0; i < number; i++) {
            final long known = SPACE_NS * i + KNOWN_AFTER_NS;
            if (lane % 2 == 0) {
                oracle.put(timeOf(i), valueOf(lane, i), known, i);
            } else {
                change(
                        new Level() {
                            @Override
                            public void put(final long time, final long value) {
                                oracle.put(time, value, known, lane);
                            }

                            @Override
                            public void withdraw(final long time) {
                                oracle.current().withdraw(time, Publisher.NONE);
                            }
                        },
                        lane,
                        i);
            }
        }
        return oracle;
    }

    /** Feeds a stretch of operations of a lane, and waits until they are applied. */
    void feed(final int lane, final long from, final long to) {
        for (long number = from; number < to; number++) {
            final long ticket = offer(lane, number);
            if (number % 64 == 63 || number == to - 1) {
                engine.awaitApplied(ticket);
            }
        }
    }

    /** When the operation before a number came to be known. */
    static long knownBefore(final long number) {
        return SPACE_NS * (number - 1) + KNOWN_AFTER_NS;
    }

    /** What is answered of a lane around the operation of a number, with what was known at an instant. */
    static List<String> answers(final MetricReader reader, final Series series, final long number, final long knownAt) {
        final AnswerText text = new AnswerText(reader);
        final List<String> answers = new ArrayList<>();
        final long end = SPACE_NS * number;
        for (long at = end + SPACE_NS; at > Math.max(-SPACE_NS, end - 3_000); at -= 777) {
            for (final Window window : WINDOWS) {
                answers.add(window + " at=" + at + " " + text.of(series, window, at, knownAt));
                answers.add(window + " then=" + at + " " + text.of(series, window, at, at - 333));
            }
        }
        return answers;
    }
}
