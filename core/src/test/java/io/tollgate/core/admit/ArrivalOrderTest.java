package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.CusumOracle;
import io.tollgate.core.oracle.EwmaOracle;
import io.tollgate.core.oracle.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same points give the same bits in any order of arrival and with any batching. */
public class ArrivalOrderTest {
    private static final long SPREAD_NS = 1_000_000;
    private static final Window.Sliding[] WINDOWS = {
        Window.slidingNs(1), Window.slidingNs(1_000), Window.slidingNs(77_777), Window.slidingNs(SPREAD_NS)
    };
    private static final Metric[] METRICS = Stream.concat(
                    Arrays.stream(BasicMetric.values()),
                    Stream.of(
                            EwmaOracle.METRICS.get(0),
                            CusumOracle.METRICS.get(0),
                            Metric.ratioTo(new Baseline.Earlier(777, 2))))
            .toArray(Metric[]::new);

    private record Event(long time, long value, long reference) {}

    @ParameterizedTest
    @CsvSource({
        "STEP, REVISE, 7", "FLOW, ALL, 7", "STEP, KEEP_FIRST, 9", "FLOW, REVISE, 9", "STEP, REJECT, 600",
        "STEP, REVISE, 600", "FLOW, ALL, 600", "FLOW, SUM, 600", "FLOW, KEEP_FIRST, 600", "FLOW, REJECT, 600",
        "STEP, REVISE, 4000", "FLOW, ALL, 4000"
    })
    void shouldGiveTheSameBitsInAnyOrderOfArrival(
            final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final long seed = TestSeed.of("arrival order");
        final Random random = new Random(seed);
        final List<Event> sorted = events(random, kind, policy, count);
        final List<List<Event>> orders = new ArrayList<>();
        orders.add(sorted);
        for (int i = 0; i < 4; i++) {
            orders.add(new ArrayList<>(sorted));
            Collections.shuffle(orders.get(i + 1), random);
        }
        orders.add(new ArrayList<>(sorted));
        Collections.reverse(orders.get(5));
        try (Engine engine = launch()) {
            final List<Series> series = new ArrayList<>();
            for (int i = 0; i < orders.size(); i++) {
                final SeriesDefinition definition = definition(kind, policy, i);
                series.add(Twin.define(engine, i % 2 == 0 ? definition.withWindows(WINDOWS) : definition));
                feed(engine, series.get(i), orders.get(i), i == 1 ? 1 : 1 + random.nextInt(500), random);
            }
            assertSame(engine, series, sorted, random, seed);
        }
    }

    /** Points and their withdrawals, with other operations between them. */
    @ParameterizedTest
    @CsvSource({"STEP, REVISE, 20", "STEP, REJECT, 500", "FLOW, ALL, 500", "FLOW, SUM, 500", "FLOW, KEEP_FIRST, 2000"})
    void shouldKeepNoTraceOfWithdrawnPoints(final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final long seed = TestSeed.of("no trace");
        final Random random = new Random(seed);
        final List<Event> all = events(random, kind, policy, count);
        final List<Event> kept = new ArrayList<>(all);
        Collections.shuffle(kept, random);
        final List<Event> withdrawn = new ArrayList<>(kept.subList(0, count / 2));
        kept.subList(0, count / 2).clear();
        try (Engine engine = launch()) {
            final List<Series> series = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                final SeriesDefinition definition = definition(kind, policy, i);
                series.add(Twin.define(engine, i < 2 ? definition.withWindows(WINDOWS) : definition));
            }
            feed(engine, series.get(0), kept, 100, random);
            for (int i = 1; i < 4; i++) {
                final List<Event> offered = new ArrayList<>(all);
                Collections.shuffle(offered, random);
                feed(engine, series.get(i), offered, 100, random);
                Collections.shuffle(withdrawn, random);
                long ticket = 0;
                for (final Event event : withdrawn) {
                    ticket = Twin.withdraw(engine, series.get(i), event.time(), Instants.NONE, event.reference());
                }
                engine.awaitApplied(ticket);
            }
            assertSame(engine, series, all, random, seed);
            assertEquals(Map.of(), engine.admin().statistics().refusedCounts());
        }
    }

    private static Engine launch() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
    }

    private static SeriesDefinition definition(final SeriesKind kind, final DuplicatePolicy policy, final int number) {
        final SeriesDefinition definition = kind == SeriesKind.STEP
                ? SeriesDefinition.step(kind + "." + number, Unit.PERCENT, 6)
                : SeriesDefinition.flow(kind + "." + number, Unit.COUNT, 6);
        return definition.withDuplicates(policy);
    }

    private static void assertSame(
            final Engine engine,
            final List<Series> series,
            final List<Event> events,
            final Random random,
            final long seed) {
        final TestReader reader = new TestReader(engine.newReader());
        for (int i = 0; i < 500; i++) {
            final Window.Sliding window = WINDOWS[random.nextInt(WINDOWS.length)];
            final long time = events.get(random.nextInt(events.size())).time();
            final long at = time + random.nextInt(3) - 1 + (random.nextBoolean() ? window.lengthNs() : 0);
            final String expected = bits(reader, series.get(0), window, at);
            for (final Series other : series) {
                assertEquals(
                        expected,
                        bits(reader, other, window, at),
                        () -> "seed=" + seed + " series=" + other.key() + " window=" + window + " at=" + at);
            }
        }
    }

    /** Returns all values of a reading, doubles as their bits. */
    public static String bits(final TestReader reader, final Series series, final Window window, final long at) {
        final WindowReading reading = reader.newReading();
        final WindowReading declared = reader.newReading(METRICS);
        reader.read(series, window, at, reading);
        reader.read(series, window, at, declared);
        final StringBuilder text = new StringBuilder();
        for (final Metric metric : METRICS) {
            final WindowReading asked =
                    !(metric instanceof BasicMetric basic && TestReader.isOfSums(basic)) ? declared : reading;
            text.append(metric)
                    .append(' ')
                    .append(asked.status(metric))
                    .append(' ')
                    .append(Double.doubleToRawLongBits(asked.value(metric)))
                    .append(' ');
        }
        return text.append(reading.count())
                .append(' ')
                .append(Double.doubleToRawLongBits(reading.carriedInValue()))
                .append(' ')
                .append(reading.carriedInSinceNs())
                .toString();
    }

    /** Returns events that all have identities of their own. */
    private static List<Event> events(
            final Random random, final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final boolean isStep = kind == SeriesKind.STEP;
        final Set<List<Long>> taken = new HashSet<>();
        final List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            final long time = (long) (random.nextGaussian() * count * 2) * (SPREAD_NS / count / 2);
            final long reference = policy == DuplicatePolicy.ALL ? random.nextInt(5) - 2 : Publisher.NO_REFERENCE;
            if (taken.add(List.of(time, reference))) {
                final boolean isUnknown = isStep && random.nextInt(10) == 0;
                final long value = Math.max(random.nextLong() >> random.nextInt(64), -Long.MAX_VALUE);
                events.add(new Event(time, isUnknown ? Decimals.UNKNOWN : value, reference));
            }
        }
        events.sort(Comparator.comparingLong(Event::time).thenComparingLong(Event::reference));
        return events;
    }

    /** Reads and clock moves between the points must have no effect. */
    private static void feed(
            final Engine engine, final Series series, final List<Event> events, final int batch, final Random random) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.newReading();
        for (int i = 0; i < events.size(); i++) {
            final Event event = events.get(i);
            final long ticket =
                    Twin.offer(engine, series, event.time(), event.value(), Instants.NONE, event.reference());
            if (i % batch == batch - 1 || i == events.size() - 1) {
                engine.awaitApplied(ticket);
                engine.advanceTo(Math.max(Instants.MIN, event.time() - random.nextInt(100)));
                reader.read(
                        series, WINDOWS[random.nextInt(WINDOWS.length)], event.time() + random.nextInt(100), reading);
            }
        }
    }
}
