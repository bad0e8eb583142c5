package io.tollgate.core.panel;

import static io.tollgate.core.fixture.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.ElasticityReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.KnownPoint;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Collected rate and gap, front-loading, exposure, pass-through and elasticity: the worked examples by name. */
final class FlowRatioTest extends GroupFixture {
    private static final Window YEAR = Window.sliding(Duration.ofDays(365));

    private final FlowSeries duties = engine.defineFlow(SeriesDefinition.flow("duties", new Unit("USD"), 2));
    private final FlowSeries imports = engine.defineFlow(SeriesDefinition.flow("imports", new Unit("USD"), 0));

    /** Months of 10 on 100 and 90 on 300: the collected rate is 25%, not the mean of 10% and 30%. */
    @Test
    @DisplayName("M3 collected rate and M4 gap")
    void shouldCollectARatioOfSumsNotAMeanOfRatios() {
        book(duties, DAY_NS, 1_000);
        book(duties, 31 * DAY_NS, 9_000);
        book(imports, DAY_NS, 100);
        book(imports, 31 * DAY_NS, 300);
        final RatioReading reading = read(FlowRatio.of(duties, imports), 60 * DAY_NS);
        assertEquals(Status.PARTIAL, reading.status());
        assertEquals(0.25, reading.value());
        assertEquals(25, reading.percent());
        assertEquals(3.5, reading.gap(28.5));
        assertEquals(25 / 28.5, reading.realisation(28.5));
        assertEquals(Double.NaN, reading.realisation(0));
        final RatioReading month = reader.ratio(FlowRatio.of(duties, imports), Window.slidingNs(30 * DAY_NS))
                .read(60 * DAY_NS);
        assertEquals(Status.OK, month.status());
        assertEquals(0.3, month.value());
    }

    @Test
    @DisplayName("M22 front-loading")
    void shouldGiveFrontLoadingAgainstTheYearBefore() {
        book(imports, 10 * DAY_NS, 400);
        book(imports, 375 * DAY_NS, 500);
        final RatioReading reading = reader.ratio(FlowRatio.of(imports, imports), Window.slidingNs(5 * DAY_NS));
        reading.read(375 * DAY_NS, 10 * DAY_NS);
        assertEquals(0.25, reading.growth());
        reading.read(375 * DAY_NS, 16 * DAY_NS);
        assertEquals(Status.UNDEFINED, reading.status());
        assertEquals(Double.NaN, reading.growth());
        reading.read(375 * DAY_NS, DAY_NS);
        assertEquals(Status.EMPTY, reading.status());
    }

    @Test
    void shouldReadARatioAsKnownAtAnInstant() {
        KnownPoint.apply(engine, imports, DAY_NS, 100, 10, 7);
        KnownPoint.apply(engine, duties, DAY_NS, 1_000, 20, 7);
        KnownPoint.apply(engine, imports, DAY_NS, 50, 30, 7);
        final FlowRatio ratio = FlowRatio.of(duties, imports);
        assertEquals(
                Status.EMPTY, reader.asOf(15).ratio(ratio, YEAR).read(DAY_NS).status());
        assertEquals(0.1, reader.asOf(29).ratio(ratio, YEAR).read(DAY_NS).value());
        assertEquals(0.2, reader.asOf(30).ratio(ratio, YEAR).read(DAY_NS).value());
    }

    /** Random amounts of several series over any window: the quotient of the sums is exact to the last bit. */
    @Test
    void shouldDivideExactSums() {
        final Random random = new Random(20_261_125);
        final List<FlowSeries> above = flows("above", 2);
        final List<FlowSeries> below = flows("below", 5);
        final long[][] amounts = new long[6][200];
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < 200; k++) {
                amounts[i][k] = random.nextLong() >> random.nextInt(60) >> 1;
                book(i < 3 ? above.get(i) : below.get(i - 3), k, amounts[i][k]);
            }
        }
        final FlowRatio ratio = new FlowRatio(above, below);
        for (int i = 0; i < 200; i++) {
            final int at = 100 + random.nextInt(100);
            final int base = 100 + random.nextInt(100);
            final int length = 1 + random.nextInt(99);
            final RatioReading reading =
                    reader.ratio(ratio, Window.slidingNs(length)).read(at, base);
            BigDecimal dividend = BigDecimal.ZERO;
            BigDecimal divisor = BigDecimal.ZERO;
            for (int series = 0; series < 6; series++) {
                final int end = series < 3 ? at : base;
                for (int k = end - length + 1; k <= end; k++) {
                    final BigDecimal amount = BigDecimal.valueOf(amounts[series][k], series < 3 ? 2 : 5);
                    dividend = series < 3 ? dividend.add(amount) : dividend;
                    divisor = series < 3 ? divisor : divisor.add(amount);
                }
            }
            final MathContext digits = new MathContext(100);
            assertEquals(Status.OK, reading.status());
            assertEquals(dividend.divide(divisor, digits).doubleValue(), reading.value());
            assertEquals(dividend.movePointRight(2).divide(divisor, digits).doubleValue(), reading.percent());
            assertEquals(dividend.subtract(divisor).divide(divisor, digits).doubleValue(), reading.growth());
            final double statutory = random.nextInt(2_000) / 10.0;
            final double percent =
                    dividend.movePointRight(2).divide(divisor, digits).doubleValue();
            assertEquals(statutory - percent, reading.gap(statutory));
            assertEquals(statutory == 0 ? Double.NaN : percent / statutory, reading.realisation(statutory));
        }
    }

    private List<FlowSeries> flows(final String name, final int scale) {
        return Stream.of("a", "b", "c")
                .map(key -> engine.defineFlow(SeriesDefinition.flow(name + '.' + key, new Unit("USD"), scale)))
                .toList();
    }

    /** 10m at 30% are an exposure of 3m. The next step adds 115 points, so 11.5m. */
    @Test
    @DisplayName("M25 exposure")
    void shouldGiveTheExposureAndItsChangeAtTheNextPendingStep() {
        final StepSeries rate = rate("a");
        final StepSeries weight = weight("a");
        offer(rate, 0, "30");
        offer(weight, 0, "10000000");
        offer(rate, 5 * DAY_NS, "145");
        final Group group = Group.of(GroupMember.of(rate, weight), GroupMember.of(rate("b"), weight("b")));
        final GroupReading reading = read(group, DAY_NS);
        assertAnswer(reading, GroupMetric.EXPOSURE, Status.OK, 3_000_000);
        assertAnswer(reading, GroupMetric.IN_FORCE, Status.OK, 1);
        assertEquals(5 * DAY_NS, reading.nextChangeAtNs());
        final var effects = reader.effects(group).read(DAY_NS, reading.nextChangeAtNs());
        assertEquals(11_500_000, effects.exposureChange());
        assertEquals(Instants.NONE, read(group, 5 * DAY_NS).nextChangeAtNs());
        offer(weight("b"), 9 * DAY_NS, "1");
        assertEquals(9 * DAY_NS, read(group, 5 * DAY_NS).nextChangeAtNs());
        engine.advanceTo(6 * DAY_NS);
        engine.series().register(group);
        assertEquals(9 * DAY_NS, read(group, 6 * DAY_NS).nextChangeAtNs());
        assertAnswer(read(group, 6 * DAY_NS), GroupMetric.EXPOSURE, Status.OK, 14_500_000);
        assertAnswer(read(group, 9 * DAY_NS), GroupMetric.EXPOSURE, Status.PARTIAL, 14_500_000);
        final GroupReading days =
                reader.group(group, Window.slidingNs(10 * DAY_NS)).read(10 * DAY_NS);
        assertEquals((5 * 3_000_000 + 5 * 14_500_000) / 10.0, days.value(GroupMetric.EXPOSURE));
    }

    /**
     * The logarithm of one plus the rate rises by 0.0953 and 0.1823, the logarithm of the price by 0.0858 and 0.1641.
     */
    @Test
    @DisplayName("M16 pass-through")
    void shouldGiveThePassThrough() {
        final StepSeries price = engine.defineStep(SeriesDefinition.step("price", Unit.COUNT, 9));
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 9));
        final double[] rates = {0, 0.0953, 0.1823};
        final double[] logs = {0, 0.0858, 0.1641};
        for (int i = 0; i < logs.length; i++) {
            engine.awaitApplied(engine.publisher().offer(rate, i, Math.round(Math.expm1(rates[i]) * 1e11)));
            engine.awaitApplied(engine.publisher().offer(price, i, Math.round(Math.exp(logs[i]) * 1e9)));
        }
        final SlopeReading reading = reader.passThrough(new PassThrough(price, rate, List.of(0L, 1L, 2L)))
                .read();
        assertEquals(Status.OK, reading.status());
        assertEquals(0.9002, reading.value(), 5e-5);
        assertEquals(3, reading.count());
        final SlopeReading flat = reader.passThrough(new PassThrough(price, rate, List.of(2L, 3L)))
                .read();
        assertEquals(Status.UNDEFINED, flat.status());
        final SlopeReading early = reader.passThrough(new PassThrough(price, rate, List.of(-2L, -1L)))
                .read();
        assertEquals(Status.EMPTY, early.status());
        final SlopeReading partial = reader.passThrough(new PassThrough(price, rate, List.of(-1L, 0L, 1L)))
                .read();
        assertEquals(Status.PARTIAL, partial.status());
        assertEquals(0.0858 / 0.0953, partial.value(), 1e-7);
    }

    /** The amount falls from 100 to 70 while the rate rises from 10% to 35%. */
    @Test
    @DisplayName("M16 elasticity")
    void shouldGiveTheElasticity() {
        final StepSeries rate = rate("a");
        offer(rate, 0, "10");
        offer(rate, 31 * DAY_NS, "35");
        book(imports, DAY_NS, 100);
        book(imports, 40 * DAY_NS, 70);
        final ElasticityReading reading =
                reader.elasticity(new Elasticity(List.of(imports), rate), Window.sliding(Duration.ofDays(30)));
        reading.read(31 * DAY_NS - 1, 61 * DAY_NS);
        assertEquals(Status.PARTIAL, reading.status());
        assertEquals(-1.7416, reading.value(), 5e-5);
        reading.read(50 * DAY_NS, 61 * DAY_NS);
        assertEquals(Status.UNDEFINED, reading.status());
        reading.read(-DAY_NS, 61 * DAY_NS);
        assertEquals(Status.EMPTY, reading.status());
    }

    @Test
    void shouldRefuseWhatCannotBeAddedUp() {
        assertRefused("numerators=none", () -> new FlowRatio(List.of(), List.of(imports)));
        assertRefused(
                "scale=0, expected unit=USD scale=2", () -> new FlowRatio(List.of(duties, imports), List.of(imports)));
        assertRefused("unit=USD, expected PERCENT", () -> new Elasticity(List.of(imports), weight("a")));
        assertRefused("instants=1", () -> new PassThrough(weight("a"), rate("a"), List.of(1L)));
        assertRefused("expected increasing instants", () -> new PassThrough(weight("a"), rate("a"), List.of(1L, 1L)));
    }

    private RatioReading read(final FlowRatio ratio, final long at) {
        return reader.ratio(ratio, YEAR).read(at);
    }

    private void book(final FlowSeries flow, final long at, final long amount) {
        engine.awaitApplied(engine.publisher().offer(flow, at, amount));
    }
}
