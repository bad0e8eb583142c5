package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random pairs with late, revised and unknown points through the engine, compared with {@link PairOracle}. They are
 * also compared with series that get the final points in order.
 */
public class PairOracleTest {
    private static final int PAIRS = 60;
    private static final int READS = 30;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long[] BASES = {0, -1_000, 1_747_195_260_000_000_000L, Instants.MIN + 60, Instants.MAX - 60};
    private static final List<ZoneId> ZONES = List.of(ZoneId.of("America/New_York"), ZoneId.of("Asia/Kathmandu"));

    /** A sum beyond a long is rare, and no thread writes meanwhile. */
    private static final Set<Status> EXPECTED =
            EnumSet.complementOf(EnumSet.of(Status.UNREAD, Status.CONTENDED, Status.OVERFLOW, Status.FORGOTTEN));

    private final long seed = TestSeed.of(seedName());
    private final Random random = new Random(seed);
    private final Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    private long base;
    private long unit;
    private long spread;
    private int snap;
    private int valueCharacter;
    private double unknownShare;
    private int closedCount;
    private int count;

    /** A series that gets its points in disorder, a series that gets them sorted, and the oracle. */
    private record Side(Series disordered, Series sorted, Oracle oracle) {}

    /** A subclass with streams of its own overrides this. */
    public String seedName() {
        return "pairs and oracle";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    public void shouldAgreeWithTheOracle(final boolean isByCalendar) {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            for (; count < PAIRS || !isEachSeen() && count < 10 * PAIRS; count++) {
                base = isByCalendar ? BASES[2] : BASES[random.nextInt(BASES.length)];
                unit = isByCalendar ? DAY_NS / 4 : 1;
                spread = 5 + random.nextInt(isByCalendar ? 2_000 : 150);
                snap = random.nextBoolean() ? 1 : 1 + random.nextInt(9);
                final Side x = side(engine, "x." + count, isByCalendar);
                final Side y = side(engine, "y." + count, isByCalendar);
                for (int read = 0; read < READS; read++) {
                    compare(new TestReader(engine.newReader()), x, y, isByCalendar);
                }
            }
        }
        final long reads =
                statuses.values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(3L * count * READS, reads);
        assertTrue(isEachSeen(), () -> "closed=" + closedCount + " statuses=" + statuses + where());
    }

    /** Returns true if enough series are closed and each status was seen. Some seeds need more pairs for that. */
    private boolean isEachSeen() {
        return closedCount > PAIRS / 6 && statuses.keySet().containsAll(EXPECTED);
    }

    private String where() {
        return " seed=" + seed;
    }

    private Side side(final Engine engine, final String key, final boolean isByCalendar) {
        final boolean isStep = random.nextBoolean();
        final int scale = random.nextInt(10);
        valueCharacter = random.nextInt(5);
        unknownShare = random.nextBoolean() ? 0 : 0.2;
        final SeriesDefinition definition = isStep ? step(key, scale) : flow(key, scale, isByCalendar);
        final Oracle oracle = new Oracle(definition);
        final Series disordered = Twin.define(engine, definition);
        final Series sorted = Twin.define(engine, Twin.renamed(definition, ".sorted"));
        final int pointCount = random.nextInt(random.nextInt(10) == 0 ? 3 : 60);
        for (int i = 0; i < pointCount; i++) {
            // The references have few values: a second point with the same reference at an instant revises the first.
            put(engine, disordered, instant(1), value(isStep), random.nextInt(3), oracle);
        }
        for (final Oracle.Point point : oracle.points()) {
            put(engine, sorted, point.time(), point.value(), point.reference(), null);
        }
        close(engine, definition, oracle, disordered, sorted);
        return new Side(disordered, sorted, oracle);
    }

    /** Closes one series in three, after its last point. */
    private void close(
            final Engine engine, final SeriesDefinition definition, final Oracle oracle, final Series... all) {
        final long last =
                oracle.points().stream().mapToLong(Oracle.Point::time).max().orElseGet(() -> instant(1));
        final long born = Math.max(last, definition.policies().lifeStartNs());
        if (random.nextInt(3) > 0 || born == Instants.MAX) {
            return;
        }
        final long first = born + 1;
        final long later = first + random.nextInt(9) * unit;
        final long end = Math.max(later < first ? Instants.MAX : Math.min(later, Instants.MAX), instant(1));
        oracle.current().close(end);
        for (final Series series : all) {
            engine.series().close(series, LifeEnd.at(end));
        }
        closedCount++;
    }

    private SeriesDefinition step(final String key, final int scale) {
        final SeriesDefinition plain = SeriesDefinition.step(key, Unit.PERCENT, scale);
        return random.nextBoolean()
                ? plain
                : plain.withHeartbeat(Duration.ofNanos(unit * (1 + random.nextLong(spread))));
    }

    private SeriesDefinition flow(final String key, final int scale, final boolean isByCalendar) {
        final SeriesDefinition plain = SeriesDefinition.flow(key, Unit.COUNT, scale);
        final SeriesDefinition living = random.nextBoolean() ? plain : plain.withLifeStart(instant(1));
        if (base == Instants.MIN + 60 || random.nextInt(3) > 0) {
            return living;
        }
        return living.withPeriod(
                isByCalendar && random.nextBoolean()
                        ? ReportingPeriod.of(CalendarPeriod.values()[random.nextInt(3)], ZONES.get(1))
                        : ReportingPeriod.of(Duration.ofNanos(unit * (1 + random.nextLong(1 + spread / 20)))));
    }

    private static void put(
            final Engine engine,
            final Series series,
            final long time,
            final long value,
            final long reference,
            final Oracle oracle) {
        engine.awaitApplied(Twin.offer(engine, series, time, value, Instants.NONE, reference));
        if (oracle != null) {
            oracle.put(time, value, 0, reference);
        }
    }

    private long value(final boolean isStep) {
        if (isStep && random.nextDouble() < unknownShare) {
            return Decimals.UNKNOWN;
        }
        return switch (valueCharacter) {
            case 0 -> random.nextInt(5) - 2;
            case 1 -> 7;
            case 2 -> (random.nextLong() >> random.nextInt(3)) | 1;
            case 3 -> random.nextInt(10) == 0 ? random.nextLong() >> 20 : 0;
            default -> random.nextInt(2_000) - 1_000;
        };
    }

    /** Draws an instant around the base, up to so many times as far away as the points. */
    private long instant(final int times) {
        final long offset = (random.nextLong(2 * times * spread + 1) - times * spread) / snap * snap * unit;
        final long sum = base + offset;
        return (offset < 0) == (sum < base) ? Math.min(Math.max(sum, Instants.MIN), Instants.MAX) : base;
    }

    private void compare(final TestReader reader, final Side x, final Side y, final boolean isByCalendar) {
        final boolean isAsOf = x.disordered().definition().kind() == SeriesKind.STEP
                && y.disordered().definition().kind() == SeriesKind.STEP;
        final Window window = window(isAsOf, isByCalendar);
        final Optional<Bucket> bucket = isAsOf ? Optional.empty() : Optional.of(bucket(isByCalendar));
        final Pair pair = new Pair(x.disordered(), y.disordered(), bucket, lag(isAsOf));
        final long at = instant(1 + random.nextInt(2));
        final ReadOptions options = random.nextBoolean()
                ? ReadOptions.DEFAULT
                : new ReadOptions(
                        random.nextBoolean() ? 1 : 1 + random.nextInt(6),
                        random.nextBoolean() ? 0 : random.nextDouble(),
                        random.nextBoolean() ? 0 : random.nextLong(1 + spread * unit),
                        false);
        final PairOracle oracle = new PairOracle(x.oracle(), y.oracle(), pair, window, at);
        final PairReading reading = reader.newPairReading(options);
        final PairReading sorted = reader.newPairReading(options);
        reader.readPair(pair, window, at, reading);
        reader.readPair(new Pair(x.sorted(), y.sorted(), bucket, pair.lag()), window, at, sorted);
        final String where =
                where() + " pair=" + pair + " window=" + window + " at=" + at + " options=" + options + ' ' + oracle;
        assertEquals(oracle.weight().longValue(), reading.weight(), where);
        assertEquals(oracle.coverage(), reading.coverage(), where);
        assertEquals(reading.weight(), sorted.weight(), where);
        assertEquals(reading.coverage(), sorted.coverage(), where);
        for (final PairMetric metric : PairMetric.values()) {
            final Status status = oracle.status(metric, options);
            statuses.merge(status, 1, Integer::sum);
            assertEquals(status, reading.status(metric), () -> metric + where);
            assertEquals(status, sorted.status(metric), () -> metric + where);
            final double value = reading.value(metric);
            final double expected = status.hasValue() ? oracle.value(metric) : Double.NaN;
            final double ulps = metric == PairMetric.CORRELATION ? Math.ulp(expected) : 0;
            assertTrue(Math.abs(expected - value) <= ulps || !status.hasValue(), () -> metric + "=" + value + where);
            assertTrue(metric != PairMetric.CORRELATION || !(Math.abs(value) > 1), where);
            assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(sorted.value(metric)), where);
        }
        if (random.nextInt(8) == 0) {
            compareLags(reader, pair, window, at, options, where);
        }
    }

    private void compareLags(
            final TestReader reader,
            final Pair pair,
            final Window window,
            final long at,
            final ReadOptions options,
            final String where) {
        final boolean isByBucket = pair.bucket().isPresent();
        final long step = (1 + random.nextInt(4)) * (isByBucket ? 1 : unit);
        final LagRange lags = new LagRange(-random.nextInt(8) * step, random.nextInt(8) * step, step, isByBucket);
        final LagReading scan = reader.newLagReading(options, lags);
        final PairReading single = reader.newPairReading(options);
        reader.readLags(pair, window, at, scan);
        int best = -1;
        for (int i = 0; i < lags.count(); i++) {
            reader.readPair(new Pair(pair.x(), pair.y(), pair.bucket(), lags.lag(i)), window, at, single);
            assertEquals(single.status(PairMetric.CORRELATION), scan.status(i), where);
            assertEquals(single.value(PairMetric.CORRELATION), scan.correlation(i), where);
            if (scan.status(i).hasValue() && (best < 0 || isStronger(scan, i, best))) {
                best = i;
            }
        }
        assertEquals(best, scan.best(), where);
    }

    private static boolean isStronger(final LagReading scan, final int one, final int other) {
        final double left = Math.abs(scan.correlation(one));
        final double right = Math.abs(scan.correlation(other));
        final long lagLeft = scan.lags().lag(one);
        final long lagRight = scan.lags().lag(other);
        return left > right
                || left == right && Math.abs(lagLeft) < Math.abs(lagRight)
                || left == right && lagLeft == -lagRight && lagLeft > 0;
    }

    private Window window(final boolean isAsOf, final boolean isByCalendar) {
        return switch (random.nextInt(6)) {
            case 0 -> Window.since(instant(2));
            case 1 ->
                isAsOf ? Window.last(1 + random.nextInt(20)) : Window.slidingNs(unit * (1 + random.nextLong(spread)));
            case 2 ->
                isByCalendar
                        ? Window.toDate(CalendarPeriod.values()[random.nextInt(3)], zone())
                        : Window.slidingNs(1 + random.nextLong(spread));
            default ->
                new Window.Sliding(
                        unit * (1 + random.nextLong(random.nextBoolean() ? 3 * spread : 1 + spread / 2)),
                        Closed.values()[random.nextInt(Closed.values().length)]);
        };
    }

    private Bucket bucket(final boolean isByCalendar) {
        return isByCalendar && random.nextInt(3) > 0
                ? new Bucket.Calendar(CalendarPeriod.values()[random.nextInt(3)], zone())
                : new Bucket.Fixed(unit * (1 + random.nextLong(1 + spread / 3)));
    }

    private ZoneId zone() {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    private long lag(final boolean isAsOf) {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> random.nextInt(4) == 0 ? random.nextInt(7) - 3 : 0;
            case 3 -> (isAsOf ? unit : 1) * (random.nextInt(2_001) - 1_000);
            case 4 -> (isAsOf ? unit : 1) * (random.nextLong(2 * spread + 1) - spread);
            default -> isAsOf && random.nextInt(4) == 0 ? random.nextLong() | 1 : random.nextInt(3) - 1;
        };
    }
}
