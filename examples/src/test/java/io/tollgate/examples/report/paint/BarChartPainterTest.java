package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.ChartDescription;
import io.tollgate.examples.report.SampleReport;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.BarChart.Bars;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartPainterTest {
    private static final double LEGEND_BOX = 12;

    @Test
    void shouldDrawBarsInProportionAndNoneForAnUnknownAmount() {
        final Markup chart = Markup.of(SampleReport.magnets());
        final List<Element> bars = chart.ofClass("rect", "fill-s2").stream()
                .filter(bar -> Markup.number(bar, "width") != LEGEND_BOX)
                .toList();
        assertEquals(2, bars.size());
        final double april = Markup.number(bars.get(0), "height");
        final double may = Markup.number(bars.get(1), "height");
        assertEquals(2628.0 / 1238.0, april / may, 0.001);
        assertTrue(chart.texts("text").containsAll(List.of("2628", "1238", "n/a")));
    }

    @Test
    void shouldDrawAReferenceLevelAtItsHeightAndNameIt() {
        final Markup chart = Markup.of(SampleReport.magnets());
        final Element april = chart.ofClass("rect", "fill-s2").get(1);
        final double zero = Markup.number(april, "y") + Markup.number(april, "height");
        final Element reference = chart.ofClass("path", "stroke-text").stream()
                .filter(path -> Markup.corners(path)[2] > 900)
                .findFirst()
                .orElseThrow();
        final double height = zero - Markup.corners(reference)[1];
        assertEquals(4846.0 / 2628.0, height / Markup.number(april, "height"), 0.001);
        assertTrue(chart.texts("text").contains("Mean of 2024: 4846"));
    }

    @Test
    void shouldKeepAZeroApartFromAnUnknownAmount() {
        final RecordingCanvas canvas = new RecordingCanvas();
        final BarChart chart = new BarChart(
                "zero",
                "Zero",
                "licences",
                List.of("a", "b"),
                List.of(new Bars("Issued", 0, List.of(0.0, Double.NaN))),
                List.of(),
                "");
        ChartPainter.of(chart, ChartFormat.NARROW).paint(canvas);
        assertEquals(1, canvas.texts().stream().filter("n/a"::equals).count());
        assertEquals(1, canvas.texts().stream().filter("0"::equals).count(), "the axis says 0.0");
    }

    @Test
    void shouldSayWhatACategoryIsWhereAllHaveSpaceForIt() {
        final BarChart chart = new BarChart(
                "chapters",
                "Chapters",
                "percent",
                List.of("84\nmachinery", "85\nelectrical", "28\ninorganic chemicals", "29", "30", "31", "32", "33"),
                List.of(new Bars("Rate", 0, Collections.nCopies(8, 12.5))),
                List.of(),
                "");
        final RecordingCanvas wide = new RecordingCanvas();
        ChartPainter.of(chart, ChartFormat.WIDE).paint(wide);
        assertTrue(
                wide.texts().containsAll(List.of("84", "machinery", "28", "inorganic", "chemicals")),
                "" + wide.texts());
        wide.assertNoTextMeetsAnother("wide");
        final RecordingCanvas narrow = new RecordingCanvas();
        ChartPainter.of(chart, ChartFormat.NARROW).paint(narrow);
        assertTrue(narrow.texts().contains("84") && !narrow.texts().contains("machinery"), "" + narrow.texts());
        assertEquals(
                "84 machinery",
                ChartDescription.table(chart).rows().get(0).cells().get(0));
        assertTrue(ChartDescription.text(chart).startsWith("Bars from 84 machinery to 33, in percent."));
    }

    @Test
    void shouldKeepLabelsOffEachOtherWhateverIsDrawn() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final List<String> categories = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                categories.add("20" + (10 + i / 4) + " Q" + (1 + i % 4));
            }
            final List<Bars> groups = new ArrayList<>();
            for (int group = 0; group < 1 + random.nextInt(3); group++) {
                final List<Double> values = categories.stream()
                        .map(name -> random.nextInt(9) == 0 ? Double.NaN : random.nextInt(100_000) / 10.0)
                        .toList();
                groups.add(new Bars("group " + group, group, values));
            }
            final RecordingCanvas canvas = new RecordingCanvas();
            final BarChart chart = new BarChart("random", "Random", "tonnes", categories, groups, List.of(), "");
            ChartPainter.of(chart, random.nextBoolean() ? ChartFormat.WIDE : ChartFormat.NARROW)
                    .paint(canvas);
            canvas.assertNoTextMeetsAnother("seed=" + seed);
        }
    }
}
