package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** M19, volatility: a published example, edge cases, and random series compared with logarithms one by one. */
final class VolatilityTest {
    private static final Unit USD = new Unit("USD");
    private static final Metric VOLATILITY = Metric.volatility("252");
    private static final Metric A_PERIOD = Metric.volatility("1");
    private static final Window ALL = Window.since(0);
    private static final int TIME = 60;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());
    private final WindowReading reading = reader.newReading(VOLATILITY, A_PERIOD);

    private StepSeries step(final String key, final Unit unit, final String... levels) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, unit, 2));
        for (int i = 0; i < levels.length; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, series.scaled(levels[i])));
        }
        return series;
    }

    private void assertStatus(final Status expected, final Series series, final Window window) {
        reader.read(series, window, TIME, reading);
        assertEquals(expected, reading.status(VOLATILITY));
    }

    /** Hull, Options, Futures and Other Derivatives, the example of 21 closing prices: 0.01216 a day, 19.3% a year. */
    @Test
    @DisplayName("M19 volatility")
    void shouldBeThatOfAPublishedExample() {
        final StepSeries price = step(
                "price",
                USD,
                "20.00 20.10 19.90 20.00 20.50 20.25 20.90 20.90 20.90 20.75 20.75 21.00 21.10 20.90 20.90 21.25 21.40"
                        .concat(" 21.40 21.25 21.75 22.00")
                        .split(" "));
        reader.read(price, Window.last(21), TIME, reading);
        assertEquals(Status.OK, reading.status(VOLATILITY));
        assertEquals(0.01216, reading.value(A_PERIOD), 0.000005);
        assertEquals(0.193, reading.value(VOLATILITY), 0.0005);
    }

    @Test
    void shouldSayWhyItHasNoValue() {
        assertStatus(Status.EMPTY, step("empty", USD), ALL);
        assertStatus(Status.INSUFFICIENT, step("one change", USD, "1", "2"), ALL);
        assertStatus(Status.OK, step("two changes", USD, "1", "2", "2"), ALL);
        assertStatus(Status.UNDEFINED, step("from zero", USD, "1", "0", "2"), ALL);
        assertStatus(Status.OK, step("a rate from zero", Unit.PERCENT, "1", "0", "2"), ALL);
        assertStatus(Status.UNDEFINED, step("a rate of -100", Unit.PERCENT, "1", "-100", "2"), ALL);
        final StepSeries hole = step("hole", USD, "1", "2");
        engine.awaitApplied(engine.publisher().offerUnknown(hole, 10));
        engine.awaitApplied(engine.publisher().offer(hole, 20, 300));
        assertStatus(Status.INSUFFICIENT, hole, ALL);
        engine.awaitApplied(engine.publisher().offer(hole, 30, 400));
        assertStatus(Status.PARTIAL, hole, ALL);
    }

    /** Amounts beyond a long in any order of their events, and an amount that is the least long. */
    @Test
    void shouldSayWhichAmountsItCannotTake() {
        final long most = Long.MAX_VALUE;
        final long half = Long.MIN_VALUE / 2;
        assertStatus(Status.OVERFLOW, flow("two", new long[][] {{most}, {most}, {most, most}}), ALL);
        assertStatus(Status.OVERFLOW, flow("three", new long[][] {{most}, {most}, {most, most, most}}), ALL);
        assertStatus(Status.OVERFLOW, flow("just", new long[][] {{1}, {2}, {-half, -half}, {3}}), ALL);
        assertStatus(Status.UNDEFINED, flow("below", new long[][] {{1}, {2}, {half, half, -1}, {3}}), ALL);
        assertStatus(Status.UNDEFINED, flow("least two", new long[][] {{1}, {2}, {half, half, half, half}, {3}}), ALL);
        assertStatus(Status.UNDEFINED, flow("zero first", new long[][] {{1}, {0}, {most, most}}), ALL);
        assertStatus(Status.UNDEFINED, flow("zero last", new long[][] {{most, most}, {1}, {0}}), ALL);
        assertStatus(Status.UNDEFINED, flow("least", new long[][] {{10}, {20}, {half, half}, {30}, {40}, {50}}), ALL);
        assertStatus(Status.UNDEFINED, flow("zero between", new long[][] {{most, most}, {0}, {most, most}}), ALL);
        assertStatus(Status.UNDEFINED, flow("less first", new long[][] {{-5}, {most, most}, {1}, {2}}), ALL);
        assertStatus(Status.UNDEFINED, flow("less last", new long[][] {{1}, {2}, {most, most}, {-5}}), ALL);
        assertStatus(Status.OK, flow("back", new long[][] {{1}, {2}, {most, -most, most}}), ALL);
        assertStatus(Status.OK, flow("forth", new long[][] {{1}, {2}, {most, most, -most}}), ALL);
        assertStatus(Status.INSUFFICIENT, flow("one", new long[][] {{1}, {most, most}}), ALL);
    }

    private FlowSeries flow(final String key, final long[][] amounts) {
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key, USD, 0));
        for (int i = 0; i < amounts.length; i++) {
            for (final long amount : amounts[i]) {
                engine.awaitApplied(engine.publisher().offer(series, i, amount));
            }
        }
        return series;
    }

    @Test
    void shouldBeThatOfTheLogarithms() {
        final long seed = TestSeed.of("VolatilityTest");
        final Random random = new Random(seed);
        int valued = 0;
        for (int i = 0; i < 300; i++) {
            final boolean isStep = random.nextBoolean();
            final Unit unit = random.nextBoolean() ? Unit.PERCENT : USD;
            final TreeMap<Long, Optional<BigDecimal>> offered = new TreeMap<>();
            final Series series = offered(random, "series" + i, isStep, unit, offered);
            for (int k = 0; k < 10; k++) {
                final long at = random.nextInt(TIME);
                final long length = 1 + random.nextInt(TIME);
                reader.read(series, Window.sliding(Duration.ofNanos(length)), at, reading);
                final String context = "seed=" + seed + " series=" + i + " at=" + at + " length=" + length;
                valued += compare(offered, isStep, unit, at, length, context) ? 1 : 0;
            }
        }
        assertTrue(valued > 300, "seed=" + seed + " valued=" + valued);
    }

    /** Makes events share instants, and levels sometimes unknown. */
    private Series offered(
            final Random random,
            final String key,
            final boolean isStep,
            final Unit unit,
            final TreeMap<Long, Optional<BigDecimal>> offered) {
        final Publisher publisher = engine.publisher();
        final StepSeries step = isStep ? engine.defineStep(SeriesDefinition.step(key, unit, 2)) : null;
        final FlowSeries flow = isStep ? null : engine.defineFlow(SeriesDefinition.flow(key, unit, 2));
        for (int i = 0; i < 30; i++) {
            final long at = random.nextInt(TIME);
            final long value = 1 + random.nextInt(random.nextBoolean() ? 100_000 : 10);
            final Optional<BigDecimal> level = Optional.of(BigDecimal.valueOf(value, 2));
            if (!isStep) {
                engine.awaitApplied(publisher.offer(flow, at, value));
                offered.merge(at, level, (one, other) -> Optional.of(one.get().add(other.get())));
            } else if (random.nextInt(8) == 0) {
                engine.awaitApplied(publisher.offerUnknown(step, at));
                offered.put(at, Optional.empty());
            } else {
                engine.awaitApplied(publisher.offer(step, at, value));
                offered.put(at, level);
            }
        }
        return isStep ? step : flow;
    }

    /** Returns true if there is a value. */
    private boolean compare(
            final TreeMap<Long, Optional<BigDecimal>> offered,
            final boolean isStep,
            final Unit unit,
            final long at,
            final long length,
            final String context) {
        final List<Optional<BigDecimal>> levels = new ArrayList<>();
        final Map.Entry<Long, Optional<BigDecimal>> carriedIn = offered.floorEntry(at - length);
        if (isStep && carriedIn != null) {
            levels.add(carriedIn.getValue());
        }
        levels.addAll(offered.subMap(at - length, false, at, true).values());
        final List<Double> changes = new ArrayList<>();
        for (int i = 1; i < levels.size(); i++) {
            if (levels.get(i - 1).isPresent() && levels.get(i).isPresent()) {
                changes.add(Math.log(base(levels.get(i), unit) / base(levels.get(i - 1), unit)));
            }
        }
        final Status status = reading.status(A_PERIOD);
        assertEquals(changes.size() >= 2, status.hasValue(), () -> context + " status=" + status + " of " + changes);
        if (status.hasValue()) {
            final double[] all = changes.stream().mapToDouble(change -> change).toArray();
            assertEquals(new StandardDeviation().evaluate(all), reading.value(A_PERIOD), 1e-13, context);
        }
        return status.hasValue();
    }

    private static double base(final Optional<BigDecimal> level, final Unit unit) {
        final BigDecimal value = level.orElseThrow();
        return unit.equals(Unit.PERCENT)
                ? value.movePointLeft(2).add(BigDecimal.ONE).doubleValue()
                : value.doubleValue();
    }
}
