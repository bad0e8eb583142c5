package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.SampleReport;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.StepChart.Band;
import io.tollgate.examples.report.model.StepChart.LineStyle;
import io.tollgate.examples.report.model.StepChart.Marker;
import io.tollgate.examples.report.model.StepChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class StepChartPainterTest {
    private static final double PIXEL = 0.02;
    private static final double LEGEND_WIDTH = 2.5;
    private static final long START_NS = SampleReport.START_NS;
    private static final long MIDDLE_NS = START_NS + (SampleReport.END_NS - START_NS) / 2;

    @Test
    void shouldDrawLevelsByHorizontalAndVerticalLinesOnly() {
        final Markup chart = Markup.of(SampleReport.rates());
        int changes = 0;
        for (final String style : List.of("stroke-s0", "stroke-s1")) {
            for (final Element path : chart.ofClass("path", style)) {
                final double[] xy = Markup.corners(path);
                for (int i = 2; i < xy.length; i += 2) {
                    assertTrue(xy[i] == xy[i - 2] || xy[i + 1] == xy[i - 1], path.getAttribute("d"));
                    changes += xy[i] == xy[i - 2] ? 1 : 0;
                }
            }
        }
        assertEquals(4, changes);
    }

    @Test
    void shouldPutAChangeAtItsInstantAndALevelAtItsHeight() {
        final Markup chart = Markup.of(SampleReport.steps(
                SampleReport.line("rate", 3, LineStyle.SOLID, new Point(START_NS, 10), new Point(MIDDLE_NS, 40))));
        final double[] xy = Markup.corners(lines(chart, "stroke-s3").get(0));
        assertEquals(8, xy.length);
        assertEquals((xy[0] + xy[6]) / 2, xy[2], PIXEL);
        final double zero = gridY(chart, "0");
        assertEquals(4 * (zero - xy[1]), zero - xy[7], 4 * PIXEL);
    }

    @Test
    void shouldLeaveAGapWhereALevelIsUnknown() {
        final long unknownNs = START_NS + (MIDDLE_NS - START_NS) / 2;
        final Markup chart = Markup.of(SampleReport.steps(SampleReport.line(
                "rate",
                3,
                LineStyle.SOLID,
                new Point(START_NS, 10),
                new Point(unknownNs, Double.NaN),
                new Point(MIDDLE_NS, 10))));
        final List<Element> parts = lines(chart, "stroke-s3");
        assertEquals(2, parts.size());
        final double[] before = Markup.corners(parts.get(0));
        final double[] after = Markup.corners(parts.get(1));
        final double width = after[2] - before[0];
        assertEquals(before[0] + width / 4, before[2], PIXEL);
        assertEquals(before[0] + width / 2, after[0], PIXEL);
    }

    @Test
    void shouldDashOnlyWhatWasAnnouncedAndNeverInForce() {
        final List<Element> dashed =
                Markup.of(SampleReport.rates()).elements("path", path -> path.hasAttribute("stroke-dasharray"));
        final List<Element> inPlot =
                dashed.stream().filter(path -> Markup.corners(path)[2] > 900).toList();
        assertEquals(1, inPlot.size());
        assertTrue(inPlot.get(0).getAttribute("class").contains("stroke-s0"));
    }

    @Test
    void shouldShadeABandAsFarAsTheAxisReaches() {
        final Markup chart = Markup.of(SampleReport.rates());
        final List<Element> bands = chart.ofClass("rect", "fill-band");
        assertEquals(1, bands.size());
        final double[] china = Markup.corners(lines(chart, "stroke-s1").get(0));
        assertEquals(china[8], Markup.number(bands.get(0), "x"), PIXEL);
        assertEquals(china[10], Markup.number(bands.get(0), "x") + Markup.number(bands.get(0), "width"), PIXEL);
        assertTrue(chart.texts("text").contains("Truce"));
    }

    @Test
    void shouldNotDrawMarkersOutsideTheAxis() {
        final StepChart rates = SampleReport.rates();
        final List<Marker> markers = List.of(
                new Marker(START_NS - 1, "too early"),
                new Marker(START_NS, "first"),
                new Marker(SampleReport.END_NS, "last"),
                new Marker(SampleReport.END_NS + 1, "too late"));
        final List<String> texts = Markup.of(new StepChart(
                        rates.id(), rates.title(), rates.unit(), rates.lines(), List.of(), markers, rates.source()))
                .texts("text");
        assertTrue(texts.containsAll(List.of("first", "last")), texts.toString());
        assertTrue(texts.stream().noneMatch(text -> text.startsWith("too")), texts.toString());
    }

    @Test
    void shouldShowALineBesideAnEqualOne() {
        final Markup chart = Markup.of(SampleReport.steps(
                SampleReport.line("below", 2, LineStyle.SOLID, new Point(START_NS, 25)),
                SampleReport.line("above", 3, LineStyle.SOLID, new Point(START_NS, 5), new Point(MIDDLE_NS, 25))));
        final double[] widths = lines(chart, "stroke-s2").stream()
                .mapToDouble(path -> Markup.number(path, "stroke-width"))
                .toArray();
        assertEquals(2, widths.length);
        assertEquals(widths[1], widths[0], "no wider bar");
        final double[] stripe = Markup.corners(lines(chart, "stroke-s2").get(0));
        final double[] whole = Markup.corners(lines(chart, "stroke-s2").get(1));
        assertEquals((whole[0] + whole[2]) / 2, stripe[0], PIXEL);
        assertEquals(whole[1] - widths[1], stripe[1], 0.02, "just above the line that covers it");
    }

    @Test
    void shouldWriteLevelsThatReadTheSameOnce() {
        final long quarterNs = START_NS + (MIDDLE_NS - START_NS) / 2;
        final Markup chart = Markup.of(SampleReport.steps(SampleReport.line(
                "rate",
                3,
                LineStyle.SOLID,
                new Point(START_NS, 9.02),
                new Point(quarterNs, 8.98),
                new Point(MIDDLE_NS, 12))));
        assertEquals(1, chart.texts("text").stream().filter("9"::equals).count());
    }

    @Test
    void shouldKeepLabelsOffEachOtherWhateverIsDrawn() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final RecordingCanvas canvas = new RecordingCanvas();
            ChartPainter.of(randomChart(random), random.nextBoolean() ? ChartFormat.WIDE : ChartFormat.NARROW)
                    .paint(canvas);
            canvas.assertNoTextMeetsAnother("seed=" + seed);
        }
    }

    private static StepChart randomChart(final Random random) {
        final List<StepChart.Line> lines = new ArrayList<>();
        for (int line = 0; line < 1 + random.nextInt(4); line++) {
            final List<Point> points = new ArrayList<>();
            for (long ns = START_NS; ns < SampleReport.END_NS; ns += 1 + random.nextLong(START_NS / 20)) {
                points.add(new Point(ns, random.nextInt(8) == 0 ? Double.NaN : random.nextInt(200)));
            }
            lines.add(SampleReport.line("line " + line, line, LineStyle.SOLID, points.toArray(new Point[0])));
        }
        final List<Band> bands = new ArrayList<>();
        final List<Marker> markers = new ArrayList<>();
        for (int event = 0; event < random.nextInt(9); event++) {
            final long ns = START_NS + random.nextLong(SampleReport.END_NS - START_NS);
            final String label = "event ".repeat(1 + random.nextInt(5)) + event;
            if (random.nextInt(3) == 0) {
                bands.add(new Band(ns, ns + 1 + random.nextInt(1_000_000_000), label));
            }
            markers.add(new Marker(ns, label));
        }
        return new StepChart("random", "Random", "percent", lines, bands, markers, "");
    }

    private static List<Element> lines(final Markup chart, final String style) {
        return chart.ofClass("path", style).stream()
                .filter(path -> Markup.number(path, "stroke-width") != LEGEND_WIDTH)
                .toList();
    }

    private static double gridY(final Markup chart, final String label) {
        final Element text = chart.elements(
                        "text", tick -> tick.getTextContent().equals(label))
                .get(0);
        return Markup.number(text, "y") - 4;
    }
}
