package io.tollgate.core.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.panel.Agreement;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements of several sources about one level, compared with a model that checks each nanosecond. */
class ComparisonTest {
    private static final long UNKNOWN = Decimals.UNKNOWN;
    private static final int SPREAD_NS = 60;

    private Engine engine;
    private PanelReader reader;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private void launch() {
        engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));
        reader = engine.newPanelReader();
    }

    private StepSeries source(final String name, final int scale) {
        return engine.defineStep(SeriesDefinition.step("rate." + name, Unit.PERCENT, scale));
    }

    private void say(final StepSeries source, final String instant, final String value, final long known) {
        KnownPoint.apply(engine, source, Instants.parse(instant), source.scaled(value), known);
    }

    /** Two trackers date a cut two days apart, and one of them corrects itself. */
    @Test
    void shouldSayWhenTheyDifferForHowLongAndByHowMuch() {
        launch();
        final StepSeries law = source("law", 1);
        final StepSeries tracker = source("tracker", 1);
        say(law, "2025-04-10T04:01Z", "145", 1);
        say(tracker, "2025-04-10T04:01Z", "145.5", 1);
        say(law, "2025-05-14T04:01Z", "30", 1);
        say(tracker, "2025-05-12T04:01Z", "30", 1);
        say(tracker, "2025-04-10T04:01Z", "145", 50);
        final long atNs = Instants.parse("2025-06-01T00:00Z");
        final Window window = Window.since(Instants.parse("2025-05-01T00:00Z"));
        final Comparison comparison = Comparison.of(law, tracker);
        final ComparisonReading reading =
                reader.comparison(comparison, window, 10).read(atNs);
        assertEquals(Status.OK, reading.status());
        assertEquals(Duration.ofDays(2).toNanos(), reading.lengthNs(Agreement.DISAGREED));
        assertEquals(Duration.ofDays(2).toNanos(), reading.differingNs(0, 1));
        assertEquals(Duration.ofDays(29).toNanos(), reading.lengthNs(Agreement.AGREED));
        assertEquals(115, reading.largestDifference());
        assertEquals(Instants.parse("2025-05-12T04:01Z"), reading.largestDifferenceAtNs());
        assertEquals(0, reading.highest());
        assertEquals(1, reading.lowest());
        assertEquals(Instants.parse("2025-05-14T04:01Z"), reading.firstAtNs(0, 300));
        assertEquals(Instants.parse("2025-05-12T04:01Z"), reading.firstAtNs(1, 300));
        assertEquals(Instants.NONE, reading.firstAtNs(1, 301));
        assertEquals(30, reading.value(1));
        assertEquals(3, reading.stretchCount());
        assertEquals(Agreement.DISAGREED, reading.agreement(1));
        assertEquals(145, reading.value(1, 0));
        assertEquals(30, reading.value(1, 1));
        final ComparisonReading then =
                reader.asOf(49).comparison(comparison, window, 10).read(atNs);
        assertEquals(115, then.largestDifference(), "larger than the correction");
        assertEquals(Instants.parse("2025-05-12T04:01Z"), then.largestDifferenceAtNs());
        assertEquals(
                atNs - Instants.parse("2025-05-14T04:01Z"),
                then.lengthNs(Agreement.AGREED),
                "as known before the correction, from the cut by law on only");
    }

    @Test
    void shouldSayWhatAnAnswerIsWorth() {
        launch();
        final StepSeries a = source("a", 0);
        final StepSeries b = source("b", 0);
        final StepSeries c = source("c", 0);
        final ComparisonReading reading = reader.comparison(Comparison.of(a, b, c), Window.slidingNs(100), 2);
        assertEquals(Status.UNREAD, reading.status());
        reading.read(10);
        assertEquals(Status.EMPTY, reading.status());
        KnownPoint.apply(engine, a, 10, 1, 1);
        reading.read(10);
        assertEquals(Status.INSUFFICIENT, reading.status());
        assertEquals(Double.NaN, reading.largestDifference());
        assertEquals(1, reading.scaledValue(0), "what begins at t counts at t");
        assertEquals(UNKNOWN, reading.scaledValue(1));
        KnownPoint.apply(engine, b, 10, Long.MIN_VALUE + 1, 1);
        KnownPoint.apply(engine, a, 10, Long.MAX_VALUE, 2);
        reading.read(10);
        assertEquals(Status.PARTIAL, reading.status());
        assertEquals(0x1p64, reading.largestDifference(), "has 64 bits");
        assertEquals(0, reading.lengthNs(Agreement.DISAGREED), "only at t");
        KnownPoint.apply(engine, c, -100, 0, 3);
        KnownPoint.apply(engine, b, -100, 0, 3);
        KnownPoint.apply(engine, a, -100, 0, 3);
        reading.read(11);
        assertEquals(Status.OK, reading.status());
        KnownPoint.apply(engine, a, -50, 5, 4);
        reading.read(11);
        assertEquals(Status.PARTIAL, reading.status(), "more stretches than it holds");
        assertEquals(3, reading.stretchCount());
        assertEquals(2, reading.heldCount());
        assertThrows(IndexOutOfBoundsException.class, () -> reading.fromNs(2));
        assertThrows(IndexOutOfBoundsException.class, () -> reading.value(3));
        final ComparisonReading before = reader.asOf(1).comparison(Comparison.of(a, b, c), Window.slidingNs(100), 2);
        assertTrue(before.read(11).status().hasValue());
        engine.series().retain("rate.a", Retention.versions(0));
        before.read(11);
        assertEquals(Status.FORGOTTEN, before.status());
        assertEquals(0, before.stretchCount());
        assertEquals(UNKNOWN, before.scaledValue(0));
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() {
        launch();
        final StepSeries a = source("a", 0);
        final StepSeries b = source("b", 0);
        final StepSeries fine = source("fine", 2);
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(a));
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, a));
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, fine));
        final Comparison comparison = Comparison.of(a, b);
        assertThrows(IllegalArgumentException.class, () -> reader.comparison(comparison, Window.slidingNs(3), 0));
        assertThrows(IllegalArgumentException.class, () -> reader.comparison(comparison, Window.last(3), 1));
    }

    @ParameterizedTest
    @CsvSource({"2, 6", "3, 12", "5, 30", "2, 60"})
    void shouldSayWhatAModelSays(final int sourceCount, final int pointCount) {
        final long seed = TestSeed.of("comparison");
        final Random random = new Random(seed);
        launch();
        final List<StepSeries> sources = new ArrayList<>();
        final List<TreeMap<Long, Long>> now = new ArrayList<>();
        final List<TreeMap<Long, Long>> then = new ArrayList<>();
        final long[] heartbeats = new long[sourceCount];
        for (int i = 0; i < sourceCount; i++) {
            SeriesDefinition definition = SeriesDefinition.step("model." + i, Unit.PERCENT, 1);
            if (random.nextInt(3) == 0) {
                heartbeats[i] = 1 + random.nextInt(20);
                definition = definition.withHeartbeat(Duration.ofNanos(heartbeats[i]));
            }
            sources.add(engine.defineStep(definition));
            now.add(new TreeMap<>());
            then.add(new TreeMap<>());
        }
        for (int i = 0; i < pointCount * sourceCount; i++) {
            final int source = random.nextInt(sourceCount);
            final long time = random.nextInt(SPREAD_NS);
            final long value = random.nextInt(6) == 0 ? UNKNOWN : random.nextInt(4);
            engine.awaitApplied(Twin.offer(engine, sources.get(source), time, value, i, Publisher.NO_REFERENCE));
            now.get(source).put(time, value);
            if (i < pointCount) {
                then.get(source).put(time, value);
            }
        }
        final Comparison comparison = new Comparison(sources);
        final PanelReader before = reader.asOf(pointCount - 1);
        for (int i = 0; i < 200; i++) {
            final boolean isThen = random.nextBoolean();
            final long at = random.nextInt(SPREAD_NS + 10) - 5;
            final long length = 1 + random.nextInt(SPREAD_NS);
            final ComparisonReading reading = (isThen ? before : reader)
                    .comparison(comparison, Window.slidingNs(length), 200)
                    .read(at);
            compare(isThen ? then : now, heartbeats, at - length, at, reading, "seed=" + seed + " i=" + i);
        }
    }

    /** Returns the level of a source at an instant as seen from {@code at}. Only the last level may have expired. */
    private static long level(final TreeMap<Long, Long> points, final long heartbeat, final long ns, final long at) {
        final Map.Entry<Long, Long> last = points.floorEntry(ns);
        if (last == null) {
            return UNKNOWN;
        }
        final boolean isLast = points.subMap(last.getKey(), false, at, true).isEmpty();
        return isLast && heartbeat != 0 && ns >= last.getKey() + heartbeat ? UNKNOWN : last.getValue();
    }

    private static void compare(
            final List<TreeMap<Long, Long>> sources,
            final long[] heartbeats,
            final long start,
            final long at,
            final ComparisonReading reading,
            final String where) {
        final int n = sources.size();
        final List<long[]> stretches = new ArrayList<>();
        final List<Long> begins = new ArrayList<>();
        final long[] lengths = new long[Agreement.values().length];
        final long[][] differing = new long[n][n];
        BigInteger largest = BigInteger.ZERO;
        long largestAt = Instants.NONE;
        int mostKnown = 0;
        boolean isComplete = true;
        for (long ns = start; ns <= at; ns++) {
            final long[] levels = new long[n];
            for (int i = 0; i < n; i++) {
                levels[i] = level(sources.get(i), heartbeats[i], ns, at);
            }
            if (stretches.isEmpty() || !Arrays.equals(levels, stretches.get(stretches.size() - 1))) {
                stretches.add(levels);
                begins.add(ns);
            }
            final long[] known = Arrays.stream(levels)
                    .filter(level -> level != UNKNOWN)
                    .sorted()
                    .toArray();
            mostKnown = Math.max(mostKnown, known.length);
            isComplete &= known.length == n;
            final BigInteger difference = difference(known);
            if (difference.compareTo(largest) > 0) {
                largest = difference;
                largestAt = ns;
            }
            if (ns < at) {
                lengths[agreement(known, n).ordinal()]++;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        differing[i][j] += differ(levels[i], levels[j]) ? 1 : 0;
                    }
                }
            }
        }
        final Status status = status(mostKnown, isComplete);
        assertEquals(status, reading.status(), where);
        assertEquals(at, reading.atNs(), where);
        for (final Agreement agreement : Agreement.values()) {
            assertEquals(lengths[agreement.ordinal()], reading.lengthNs(agreement), where);
        }
        assertEquals(largestAt, reading.largestDifferenceAtNs(), where);
        assertEquals(
                status.hasValue() ? new BigDecimal(largest, 1).doubleValue() : Double.NaN,
                reading.largestDifference(),
                where);
        for (int i = 0; i < n; i++) {
            assertEquals(level(sources.get(i), heartbeats[i], at, at), reading.scaledValue(i), where);
            for (int j = 0; j < n; j++) {
                assertEquals(differing[i][j], reading.differingNs(i, j), where);
            }
        }
        assertStretches(stretches, begins, at, reading, where);
    }

    private static Status status(final int mostKnown, final boolean isComplete) {
        return mostKnown == 0
                ? Status.EMPTY
                : mostKnown == 1 ? Status.INSUFFICIENT : isComplete ? Status.OK : Status.PARTIAL;
    }

    private static boolean differ(final long x, final long y) {
        return x != UNKNOWN && y != UNKNOWN && x != y;
    }

    /** Returns the known levels in rising order. */
    private static long[] known(final long[] levels) {
        return Arrays.stream(levels).filter(level -> level != UNKNOWN).sorted().toArray();
    }

    private static BigInteger difference(final long[] known) {
        return known.length == 0
                ? BigInteger.ZERO
                : BigInteger.valueOf(known[known.length - 1]).subtract(BigInteger.valueOf(known[0]));
    }

    private static Agreement agreement(final long[] known, final int sourceCount) {
        if (known.length > 1 && known[0] != known[known.length - 1]) {
            return Agreement.DISAGREED;
        }
        return known.length == sourceCount ? Agreement.AGREED : Agreement.OPEN;
    }

    private static void assertStretches(
            final List<long[]> stretches,
            final List<Long> begins,
            final long at,
            final ComparisonReading reading,
            final String where) {
        assertEquals(stretches.size(), reading.stretchCount(), where);
        assertEquals(stretches.size(), reading.heldCount(), where);
        for (int stretch = 0; stretch < stretches.size(); stretch++) {
            final long[] levels = stretches.get(stretch);
            assertEquals(begins.get(stretch), reading.fromNs(stretch), where);
            assertEquals(stretch + 1 < begins.size() ? begins.get(stretch + 1) : at, reading.untilNs(stretch), where);
            final long[] known = Arrays.stream(levels)
                    .filter(level -> level != UNKNOWN)
                    .sorted()
                    .toArray();
            assertEquals(agreement(known, levels.length), reading.agreement(stretch), where);
            for (int i = 0; i < levels.length; i++) {
                assertEquals(levels[i], reading.scaledValue(stretch, i), where);
                assertTrue(reading.firstAtNs(i, levels[i]) <= begins.get(stretch), where);
            }
        }
        if (reading.highest() >= 0) {
            final int high = reading.highest();
            final int low = reading.lowest();
            final int place = begins.indexOf(reading.largestDifferenceAtNs());
            final long[] known = known(stretches.get(place));
            assertEquals(known[known.length - 1], stretches.get(place)[high], where);
            assertEquals(known[0], stretches.get(place)[low], where);
        }
    }
}
