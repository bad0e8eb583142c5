package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
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
import io.tollgate.core.number.NaiveExponential;
import io.tollgate.core.oracle.EwmaOracle;
import io.tollgate.core.oracle.Oracle;
import io.tollgate.core.oracle.OracleRun;
import io.tollgate.core.oracle.PointOracle;
import io.tollgate.core.oracle.Twin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The precision of time-decayed averages and rates, compared with the steps and sums that define them, in decimals. */
public class EwmaTest {
    private static final MathContext SIXTY_DIGITS = new MathContext(60);
    private static final int POINTS = 300;
    private static final int BOUND_IN_ULPS = 17;

    private final long seed = TestSeed.of("ewma");
    private final Random random = new Random(seed);

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 1_000_000_007, 1_000_000_000_000_000L})
    void shouldAverageWithinItsBound(final long spread) {
        final SeriesDefinition definition = SeriesDefinition.step("level", Unit.COUNT, random.nextInt(10));
        final Oracle oracle = new Oracle(definition);
        final Series level = feed(oracle, definition, spread);
        for (int i = 0; i < 40; i++) {
            final OracleRun run = oracle.run(window(spread), instant(spread));
            final Decay decay = decay(spread);
            if (run.weighted().isEmpty()) {
                continue;
            }
            BigDecimal average = decimal(run.weighted().get(0).point(), run);
            BigDecimal largest = BigDecimal.ZERO;
            for (final PointOracle.Weighted weighted : run.weighted()) {
                final BigDecimal value = decimal(weighted.point(), run);
                final BigDecimal left = left(decay, weighted.weight());
                average = value.add(average.subtract(value).multiply(left, SIXTY_DIGITS));
                largest = largest.max(value.abs());
            }
            assertWithin(average, largest, read(level, run, decay), decay + " points=" + run.points());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 1_000_000_007, 1_000_000_000_000_000L})
    void shouldRateWithinItsBound(final long spread) {
        final SeriesDefinition definition = SeriesDefinition.flow("events", Unit.COUNT, random.nextInt(10));
        final Oracle oracle = new Oracle(definition);
        final Series events = feed(oracle, definition, spread);
        for (int i = 0; i < 40; i++) {
            final OracleRun run = oracle.run(window(spread), instant(spread));
            final Decay decay = decay(spread);
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal magnitude = BigDecimal.ZERO;
            for (final Oracle.Point event : run.inside()) {
                final BigInteger age = BigInteger.valueOf(run.at()).subtract(BigInteger.valueOf(event.time()));
                final BigDecimal term = decimal(event, run).multiply(left(decay, age), SIXTY_DIGITS);
                sum = sum.add(term);
                magnitude = magnitude.add(term.abs());
            }
            final BigDecimal perDay =
                    NaiveExponential.perDay(decay instanceof Decay.HalfLife, EwmaOracle.length(decay));
            assertWithin(
                    sum.multiply(perDay, SIXTY_DIGITS),
                    magnitude.multiply(perDay, SIXTY_DIGITS),
                    run.inside().isEmpty() ? 0 : read(events, run, decay),
                    decay + " points=" + run.points());
        }
    }

    @Test
    void shouldBeTheLevelIfItIsTheSameThroughout() {
        final SeriesDefinition definition = SeriesDefinition.step("constant", Unit.PERCENT, 9);
        final Series level = Twin.define(engine, definition);
        long ticket = 0;
        for (int i = 0; i < 1_000; i++) {
            ticket = Twin.offer(engine, level, i * 777L, 100_000_001, Instants.NONE, Publisher.NO_REFERENCE);
        }
        engine.awaitApplied(ticket);
        final Metric metric = Metric.ewma(new Decay.TimeConstant(12_345));
        final WindowReading reading = reader.newReading(metric);
        reader.read(level, Window.slidingNs(500_000), 900_000, reading);
        assertEquals(0.100000001, reading.value(metric));
    }

    /** Without references, events of one instant are in the order of their arrival, which must not matter. */
    @Test
    void shouldAddEventsOfAnInstantInAnyOrder() {
        final long[] values = {Long.MAX_VALUE, 1, 3, -Long.MAX_VALUE, Long.MAX_VALUE, 7};
        final Series forwards = Twin.define(engine, SeriesDefinition.flow("forwards", Unit.COUNT, 3));
        final Series backwards = Twin.define(engine, SeriesDefinition.flow("backwards", Unit.COUNT, 3));
        for (int i = 0; i < values.length; i++) {
            Twin.offer(engine, forwards, 5, values[i], Instants.NONE, Publisher.NO_REFERENCE);
            engine.awaitApplied(Twin.offer(
                    engine, backwards, 5, values[values.length - 1 - i], Instants.NONE, Publisher.NO_REFERENCE));
        }
        final Metric metric = Metric.ewma(new Decay.HalfLife(10));
        final WindowReading reading = reader.newReading(metric);
        reader.read(forwards, Window.slidingNs(100), 8, reading);
        final double sum = reading.value(metric);
        reader.read(backwards, Window.slidingNs(100), 8, reading);
        assertEquals(sum, reading.value(metric));
    }

    private Series feed(final Oracle oracle, final SeriesDefinition definition, final long spread) {
        final Series series = Twin.define(engine, definition);
        final boolean isStep = definition.kind() == SeriesKind.STEP;
        long ticket = 0;
        for (int i = 0; i < POINTS; i++) {
            final long time = instant(spread);
            final boolean isUnknown = isStep && random.nextInt(9) == 0;
            final long value = isUnknown ? Decimals.UNKNOWN : random.nextLong() >> 1 + random.nextInt(62);
            ticket = Twin.offer(engine, series, time, value, Instants.NONE, i);
            oracle.put(time, value, 0, i);
        }
        engine.awaitApplied(ticket);
        return series;
    }

    private long instant(final long spread) {
        return Math.floorMod(random.nextLong(), spread * POINTS);
    }

    private Window window(final long spread) {
        return Window.slidingNs(1 + instant(spread));
    }

    private Decay decay(final long spread) {
        final long length = 1 + (instant(spread) >> random.nextInt(12));
        return random.nextBoolean() ? new Decay.HalfLife(length) : new Decay.TimeConstant(length);
    }

    private double read(final Series series, final OracleRun run, final Decay decay) {
        final Metric metric = Metric.ewma(decay);
        final WindowReading reading = reader.newReading(metric);
        reader.read(series, Window.slidingNs(run.bounds().length().longValueExact()), run.at(), reading);
        assertTrue(reading.status(metric).hasValue(), () -> "seed=" + seed);
        return reading.value(metric);
    }

    private static BigDecimal decimal(final Oracle.Point point, final OracleRun run) {
        return BigDecimal.valueOf(point.value(), run.scale());
    }

    private static BigDecimal left(final Decay decay, final BigInteger time) {
        return NaiveExponential.left(decay instanceof Decay.HalfLife, time, EwmaOracle.length(decay));
    }

    private void assertWithin(
            final BigDecimal expected, final BigDecimal magnitude, final double actual, final String context) {
        final BigDecimal bound = BigDecimal.valueOf(BOUND_IN_ULPS * Math.ulp(magnitude.doubleValue()))
                .add(new BigDecimal("1e-280"));
        assertTrue(
                new BigDecimal(actual).subtract(expected).abs().compareTo(bound) <= 0,
                () -> "seed=" + seed + " expected=" + expected.doubleValue() + " actual=" + actual + " " + context);
    }
}
