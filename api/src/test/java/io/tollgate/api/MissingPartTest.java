package io.tollgate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.admin.Durability;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.read.Cusum;
import io.tollgate.api.read.CusumChart;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ShareAbove;
import io.tollgate.api.read.ShareBelow;
import io.tollgate.api.read.Volatility;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The constructor refuses a value that lacks a part, before a reader meets it. */
final class MissingPartTest {
    static Stream<Arguments> parts() {
        return Stream.of(
                part("closed", () -> Window.sliding(Duration.ofDays(1), null)),
                part("period", () -> Window.toDate(null, ZoneOffset.UTC)),
                part("zone", () -> Window.toDate(CalendarPeriod.MONTH, null)),
                part("period", () -> ReportingPeriod.of(null, ZoneOffset.UTC)),
                part("zone", () -> ReportingPeriod.of(CalendarPeriod.MONTH, (ZoneId) null)),
                part("method", () -> Metric.quantile(0.5, null)),
                part("level", () -> new ShareAbove(null)),
                part("level", () -> new ShareBelow(null)),
                part("periodsPerYear", () -> new Volatility(null)),
                part("level", () -> new Durability(null, 0)),
                part("decay", () -> Metric.ewma(null)),
                part("baseline", () -> Metric.ratioTo(null)),
                part("baseline", () -> Metric.poissonZ(null)),
                part("chart", () -> Metric.cusum(null)),
                part("answer", () -> new Cusum(chart(CusumChart.Side.UPPER, CusumChart.Reset.NEVER), null)),
                part("side", () -> chart(null, CusumChart.Reset.NEVER)),
                part("reset", () -> chart(CusumChart.Side.UPPER, null)),
                part("x", () -> Pair.asOf(null, level())),
                part("y", () -> Pair.asOf(level(), null)),
                part("bucket", () -> new Pair(level(), level(), null, 0)));
    }

    private static Arguments part(final String name, final Executable make) {
        return Arguments.of(name, make);
    }

    private static CusumChart chart(final CusumChart.Side side, final CusumChart.Reset reset) {
        return new CusumChart(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN, side, reset);
    }

    private static StepSeries level() {
        return new StepSeries(0, SeriesDefinition.step("level", Unit.PERCENT, 0));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void shouldNameThePartThatIsMissing(final String name, final Executable make) {
        assertEquals(name, assertThrows(NullPointerException.class, make).getMessage());
    }
}
