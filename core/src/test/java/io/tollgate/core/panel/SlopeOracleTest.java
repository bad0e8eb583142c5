package io.tollgate.core.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.number.NaiveLogarithm;
import io.tollgate.core.oracle.Oracle;
import io.tollgate.core.oracle.Twin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Pass-through and elasticity of random prices, rates and flows, with late, revised, withdrawn and pending points. The
 * answers as known now and earlier are compared with their formulas in 40 digits.
 */
class SlopeOracleTest {
    private static final int ROUNDS = 30;
    private static final int CHANGES = 70;
    private static final int READS = 30;
    private static final int TIME = 60;
    private static final List<Unit> UNITS = List.of(Unit.PERCENT, Unit.FRACTION, Unit.BASIS_POINT);
    private static final MathContext DIGITS = new MathContext(40);

    /** The tolerance for the terms of a least-squares slope in doubles, as a number of roundings. */
    private static final double SLOPE_ERROR = 50 * Math.ulp(1.0);

    /** A point of a series, or its withdrawal. */
    private record Change(int series, long at, long value, long reference, boolean isWithdrawal) {}

    private final long seed = TestSeed.of("slopes and oracle");
    private final Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    private final List<Series> series = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Random random;

    /** The expected slope and its tolerance. */
    private record Expected(Status status, double value, double tolerance, int count) {
        static Expected none(final Status status, final int count) {
            return new Expected(status, Double.NaN, 0, count);
        }
    }

    @Test
    void shouldAgreeWithTheFormulas() {
        for (int round = 0; round < ROUNDS; round++) {
            random = new Random(seed + round);
            series.clear();
            changes.clear();
            try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
                define(engine);
                for (int i = 0; i < CHANGES; i++) {
                    change(engine);
                }
                for (int i = 0; i < READS; i++) {
                    compare(engine.newPanelReader(), "seed=" + seed + " round=" + round + " read=" + i);
                }
            }
        }
        for (final Status status :
                List.of(Status.EMPTY, Status.INSUFFICIENT, Status.UNDEFINED, Status.PARTIAL, Status.OK)) {
            assertTrue(statuses.getOrDefault(status, 0) > 20, () -> status + " of " + statuses + " seed=" + seed);
        }
    }

    /** Defines a price, a rate and two flows. */
    private void define(final Engine engine) {
        final Unit unit = UNITS.get(random.nextInt(UNITS.size()));
        final SeriesDefinition rate = SeriesDefinition.step("rate", unit, random.nextInt(6));
        series.add(engine.defineStep(SeriesDefinition.step("price", new Unit("USD"), random.nextInt(10))));
        series.add(engine.defineStep(
                random.nextBoolean() ? rate : rate.withHeartbeat(Duration.ofNanos(1 + random.nextInt(TIME)))));
        for (int i = 0; i < 2; i++) {
            final SeriesDefinition flow = SeriesDefinition.flow("flow." + i, new Unit("TONNE"), 3);
            series.add(engine.defineFlow(random.nextInt(3) > 0 ? flow : flow.withLifeStart(random.nextInt(TIME))));
        }
    }

    private void change(final Engine engine) {
        final int which = random.nextInt(series.size());
        final Series of = series.get(which);
        final long at = random.nextInt(TIME);
        final long reference = random.nextInt(3);
        final long knownNs = changes.size() + 1;
        if (random.nextInt(8) == 0 && oracle(which, changes.size()).current().canWithdraw(at, reference)) {
            engine.awaitApplied(Twin.withdraw(engine, of, at, knownNs, reference));
            changes.add(new Change(which, at, 0, reference, true));
            return;
        }
        final boolean isStep = of.definition().kind() == SeriesKind.STEP;
        final long value = isStep && random.nextInt(9) == 0 ? Decimals.UNKNOWN : value(which);
        engine.awaitApplied(Twin.offer(engine, of, at, value, knownNs, reference));
        changes.add(new Change(which, at, value, reference, false));
    }

    /** Draws prices that move a little or a lot, rates from below -100% to a hundred times that, and tonnes. */
    private long value(final int which) {
        if (which == 1) {
            final long one = BigInteger.TEN
                    .pow(series.get(1).definition().scale()
                            + series.get(1).definition().unit().shareDigits())
                    .longValueExact();
            return random.nextInt(4) == 0
                    ? random.nextInt(4)
                    : (long) ((1.02 * random.nextDouble() - 1.01) * one) + (random.nextBoolean() ? one : 0);
        }
        return switch (random.nextInt(4)) {
            case 0 -> 1_000_000_000_000L + random.nextInt(3);
            case 1 -> random.nextInt(1_000) - 5;
            default -> 1 + random.nextLong(1_000_000);
        };
    }

    /** Returns all points of a series as known after so many changes. */
    private Oracle oracle(final int which, final int changeCount) {
        final Oracle oracle = new Oracle(series.get(which).definition());
        for (final Change change : changes.subList(0, changeCount)) {
            if (change.series() == which && change.isWithdrawal()) {
                oracle.current().withdraw(change.at(), change.reference());
            } else if (change.series() == which) {
                oracle.put(change.at(), change.value(), 0, change.reference());
            }
        }
        return oracle;
    }

    private void compare(final PanelReader reader, final String where) {
        final int known = random.nextInt(3) == 0 ? random.nextInt(CHANGES + 1) : CHANGES;
        final long knownAtNs = known < CHANGES ? known : Instants.ALL_KNOWN;
        final StepSeries price = (StepSeries) series.get(0);
        final StepSeries rate = (StepSeries) series.get(1);
        final List<Long> instants = LongStream.generate(() -> random.nextInt(TIME + 10) - 5)
                .distinct()
                .limit(2 + random.nextInt(7))
                .sorted()
                .boxed()
                .toList();
        final PanelReader then = reader.asOf(knownAtNs);
        final SlopeReading passThrough =
                then.passThrough(new PassThrough(price, rate, instants)).read();
        check(slope(known, instants), passThrough, where + " instants=" + instants + " known=" + known);

        final List<FlowSeries> flows = IntStream.rangeClosed(2, 2 + random.nextInt(2))
                .mapToObj(i -> (FlowSeries) series.get(i))
                .toList();
        final long lengthNs = 1 + random.nextInt(TIME);
        final long before = random.nextInt(TIME + 10) - 5;
        final long after = random.nextInt(TIME + 10) - 5;
        final SlopeReading elasticity = then.elasticity(new Elasticity(flows, rate), Window.slidingNs(lengthNs))
                .read(before, after);
        check(
                elasticity(known, flows.size(), lengthNs, before, after),
                elasticity,
                where + " length=" + lengthNs + " before=" + before + " after=" + after + " known=" + known);
    }

    private void check(final Expected expected, final SlopeReading reading, final String where) {
        statuses.merge(expected.status(), 1, Integer::sum);
        assertEquals(expected.status(), reading.status(), where);
        assertEquals(expected.count(), reading.count(), where);
        if (expected.status().hasValue()) {
            assertEquals(expected.value(), reading.value(), expected.tolerance(), where);
        } else {
            assertEquals(Double.NaN, reading.value(), where);
        }
    }

    /** Returns one plus a rate, in units of the series' scale. A result of 0 or less has no logarithm. */
    private BigInteger grown(final long rate) {
        final SeriesDefinition definition = series.get(1).definition();
        return BigInteger.TEN
                .pow(definition.scale() + definition.unit().shareDigits())
                .add(BigInteger.valueOf(rate));
    }

    private Expected slope(final int known, final List<Long> instants) {
        final Oracle prices = oracle(0, known);
        final Oracle rates = oracle(1, known);
        final List<BigDecimal> x = new ArrayList<>();
        final List<BigDecimal> y = new ArrayList<>();
        BigInteger firstPrice = null;
        BigInteger firstGrown = null;
        for (final long at : instants) {
            final long price = prices.level(at).scaled();
            final long rate = rates.level(at).scaled();
            if (price > 0 && rate != Decimals.UNKNOWN && grown(rate).signum() > 0) {
                firstPrice = firstPrice == null ? BigInteger.valueOf(price) : firstPrice;
                firstGrown = firstGrown == null ? grown(rate) : firstGrown;
                x.add(NaiveLogarithm.of(grown(rate), firstGrown));
                y.add(NaiveLogarithm.of(BigInteger.valueOf(price), firstPrice));
            }
        }
        final int n = x.size();
        if (n < 2) {
            return Expected.none(n == 0 ? Status.EMPTY : Status.INSUFFICIENT, n);
        }
        final BigDecimal meanX = mean(x);
        final BigDecimal meanY = mean(y);
        BigDecimal sxx = BigDecimal.ZERO;
        BigDecimal sxy = BigDecimal.ZERO;
        double magnitudesXx = 0;
        double magnitudesXy = 0;
        for (int i = 0; i < n; i++) {
            final BigDecimal dx = x.get(i).subtract(meanX);
            final BigDecimal dy = y.get(i).subtract(meanY);
            sxx = sxx.add(dx.multiply(dx, DIGITS));
            sxy = sxy.add(dx.multiply(dy, DIGITS));
            final double sizeX = x.get(i).abs().add(meanX.abs()).doubleValue();
            final double sizeY = y.get(i).abs().add(meanY.abs()).doubleValue();
            magnitudesXx += sizeX * dx.abs().doubleValue();
            magnitudesXy += sizeX * dy.abs().doubleValue() + sizeY * dx.abs().doubleValue();
        }
        if (x.stream().allMatch(each -> each.signum() == 0)) {
            return Expected.none(Status.UNDEFINED, n);
        }
        final double slope = sxy.divide(sxx, DIGITS).doubleValue();
        final double error = SLOPE_ERROR
                * (magnitudesXy + Math.abs(slope) * (2 * magnitudesXx + sxx.doubleValue()))
                / sxx.doubleValue();
        return new Expected(n < instants.size() ? Status.PARTIAL : Status.OK, slope, error, n);
    }

    private static BigDecimal mean(final List<BigDecimal> values) {
        return values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), DIGITS);
    }

    private Expected elasticity(
            final int known, final int flowCount, final long lengthNs, final long before, final long after) {
        final Oracle rates = oracle(1, known);
        final List<Oracle> flows = IntStream.range(2, 2 + flowCount)
                .mapToObj(i -> oracle(i, known))
                .toList();
        final List<Status> sums = new ArrayList<>();
        for (final long at : new long[] {before, after}) {
            flows.forEach(flow -> sums.add(flow.window(Window.slidingNs(lengthNs), at)
                    .metrics()
                    .get(Metric.SUM)
                    .status()));
        }
        final boolean isEmpty = sums.subList(0, flowCount).stream().allMatch(status -> status == Status.EMPTY)
                || sums.subList(flowCount, 2 * flowCount).stream().allMatch(status -> status == Status.EMPTY);
        if (isEmpty) {
            return Expected.none(Status.EMPTY, 2);
        }
        final long rateBefore = rates.level(before).scaled();
        final long rateAfter = rates.level(after).scaled();
        if (rateBefore == Decimals.UNKNOWN || rateAfter == Decimals.UNKNOWN) {
            return Expected.none(Status.INSUFFICIENT, 2);
        }
        final BigInteger quantityBefore = sum(flows, lengthNs, before);
        final BigInteger quantityAfter = sum(flows, lengthNs, after);
        final boolean hasLogarithms = grown(rateBefore).signum() > 0
                && grown(rateAfter).signum() > 0
                && quantityBefore.signum() > 0
                && quantityAfter.signum() > 0;
        if (!hasLogarithms || rateBefore == rateAfter) {
            return Expected.none(Status.UNDEFINED, 2);
        }
        final double value = NaiveLogarithm.of(quantityAfter, quantityBefore)
                .divide(NaiveLogarithm.of(grown(rateAfter), grown(rateBefore)), DIGITS)
                .doubleValue();
        final boolean isIntact = sums.stream().allMatch(status -> status == Status.OK);
        return new Expected(isIntact ? Status.OK : Status.PARTIAL, value, 11 * Math.ulp(value), 2);
    }

    private static BigInteger sum(final List<Oracle> flows, final long lengthNs, final long at) {
        return flows.stream()
                .flatMap(flow -> flow.points().stream())
                .filter(point -> point.time() > at - lengthNs && point.time() <= at)
                .map(point -> BigInteger.valueOf(point.value()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
