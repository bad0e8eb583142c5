package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.ChartDescription;
import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Tick;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import io.tollgate.examples.report.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveChartPainterTest {
    private static final List<Tick> TICKS = List.of(new Tick(0, "0%"), new Tick(0.5, "90%"), new Tick(1, "99%"));

    @Test
    void shouldGiveEachDecadeTheSameHeight() {
        final Markup chart = Markup.of(chart(
                curve("engine", 3, new Vertex(0, "0%", 0.1), new Vertex(0.5, "90%", 1), new Vertex(1, "99%", 10))));
        final double[] corners = chart.ofClass("path", "stroke-s3").stream()
                .map(Markup::corners)
                .filter(path -> path.length == 6)
                .findFirst()
                .orElseThrow();
        assertEquals(corners[1] - corners[3], corners[3] - corners[5], 0.02);
        assertTrue(corners[1] > corners[3], "more is higher");
        assertEquals(corners[2] - corners[0], corners[4] - corners[2], 0.02);
        assertTrue(chart.texts("text").containsAll(List.of("0.1", "1", "10", "0%", "90%", "99%", "engine", "us")));
    }

    @Test
    void shouldReportEveryNamedNumberToThoseWhoDoNotSeeIt() {
        final CurveChart chart =
                chart(curve("floor", 0, new Vertex(0, "0%", 0.25), new Vertex(0.7, "", 3), new Vertex(1, "99%", 8)));
        assertEquals(
                "Curves by percentile, in us, on a logarithmic axis. floor: lowest 0.25, highest 8, last 8.",
                ChartDescription.text(chart));
        assertEquals(
                List.of(List.of("floor", "0%", "0.25"), List.of("floor", "99%", "8")),
                ChartDescription.table(chart).rows().stream()
                        .map(Table.Row::cells)
                        .toList());
    }

    @Test
    void shouldKeepLabelsOffEachOtherWhateverIsDrawn() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final List<Tick> ticks = new ArrayList<>();
            final int tickCount = 1 + random.nextInt(30);
            for (int i = 0; i < tickCount; i++) {
                ticks.add(new Tick((double) i / Math.max(1, tickCount - 1), "99." + "9".repeat(random.nextInt(6))));
            }
            final RecordingCanvas canvas = new RecordingCanvas();
            final Curve curve = curve(
                    "random",
                    0,
                    new Vertex(0, "a", Math.pow(10, random.nextInt(6) - 3)),
                    new Vertex(1, "b", Math.pow(10, random.nextInt(9) - 3)));
            ChartPainter.of(
                            new CurveChart("random", "Random", "us", "percentile", ticks, List.of(curve), ""),
                            random.nextBoolean() ? ChartFormat.WIDE : ChartFormat.NARROW)
                    .paint(canvas);
            canvas.assertNoTextMeetsAnother("seed=" + seed);
            assertTrue(canvas.texts().contains(ticks.get(tickCount - 1).label()), "seed=" + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.03, 4143, 0.01 0.1 1 10 100 1000 10000",
        "1, 10, 1 10",
        "5, 5, 1 10",
        "1, 1, 1 10",
        "1000, 1001, 1000 10000"
    })
    void shouldHaveATickAtEachPowerOfTen(final double least, final double greatest, final String expected) {
        final DecadeAxis axis = new DecadeAxis(least, greatest);
        assertEquals(expected, axis.ticks().stream().map(axis::label).collect(Collectors.joining(" ")));
        assertTrue(axis.y(greatest, 0, 300) >= 0 && axis.y(least, 0, 300) <= 300);
    }

    @Test
    void shouldRefuseWhatALogarithmicAxisCannotShow() {
        assertEquals(
                "at=50%: value=0.0, expected a finite value above 0 for a logarithmic axis",
                assertThrows(IllegalArgumentException.class, () -> new Vertex(0, "50%", 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Vertex(1.01, "", 1));
        assertThrows(IllegalArgumentException.class, () -> new Tick(-0.1, "x"));
        assertThrows(IllegalArgumentException.class, () -> curve("none", 0));
        assertThrows(
                IllegalArgumentException.class, () -> curve("back", 0, new Vertex(0.5, "", 1), new Vertex(0.5, "", 2)));
        assertThrows(IllegalArgumentException.class, () -> new DecadeAxis(0, 1));
        assertThrows(IllegalArgumentException.class, CurveChartPainterTest::chart);
    }

    private static Curve curve(final String name, final int colour, final Vertex... vertices) {
        return new Curve(name, colour, List.of(vertices));
    }

    private static CurveChart chart(final Curve... curves) {
        return new CurveChart("latency", "Latency", "us", "percentile", TICKS, List.of(curves), "");
    }
}
