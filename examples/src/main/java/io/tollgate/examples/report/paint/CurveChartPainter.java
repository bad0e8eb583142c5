package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Tick;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import io.tollgate.examples.report.model.Ink;
import java.util.List;

/** Draws a {@link CurveChart}. Immutable. */
final class CurveChartPainter implements ChartPainter {
    private static final double LINE_WIDTH = 2.25;
    private static final double BELOW = 40;
    private static final double LABEL_GAP = 8;
    private static final double DOT = 5;

    private final CurveChart chart;
    private final ChartFrame frame;
    private final double left;
    private final double right;
    private final double edge;

    CurveChartPainter(final CurveChart chart, final ChartFormat format) {
        this.chart = chart;
        final VerticalAxis axis = axis(chart);
        left = ChartFrame.left(format, axis);
        edge = ChartFrame.right(format);
        right = edge - width(lastTick(chart)) / 2;
        final List<ChartFrame.Entry> entries = chart.curves().stream()
                .map(curve -> new ChartFrame.Entry(curve.name(), Ink.series(curve.colour()), ChartFrame.Swatch.LINE))
                .toList();
        frame = new ChartFrame(chart, format, axis, entries, 0, BELOW);
    }

    private static VerticalAxis axis(final CurveChart chart) {
        final double[] values = chart.curves().stream()
                .flatMap(curve -> curve.vertices().stream())
                .mapToDouble(Vertex::value)
                .sorted()
                .toArray();
        return new DecadeAxis(values[0], values[values.length - 1]);
    }

    @Override
    public double height() {
        return frame.height();
    }

    @Override
    public void paint(final Canvas canvas) {
        frame.draw(canvas);
        drawTicks(canvas);
        for (final Curve curve : chart.curves()) {
            drawCurve(canvas, curve);
        }
    }

    /** Draws the ticks without labels that would overlap the previous one; the last label is always drawn. */
    private void drawTicks(final Canvas canvas) {
        final double lastStart = x(lastTick(chart).position()) - width(lastTick(chart)) / 2;
        double free = Double.NEGATIVE_INFINITY;
        for (final Tick tick : chart.ticks()) {
            final double x = x(tick.position());
            final double start = x - width(tick) / 2;
            canvas.line(new double[] {x, frame.top(), x, frame.bottom()}, 1, false, Ink.GRID);
            final boolean isLast = tick == lastTick(chart);
            if (isLast || start >= free && start + width(tick) + LABEL_GAP <= lastStart) {
                canvas.text(
                        tick.label(), x, frame.bottom() + 18, Canvas.Anchor.MIDDLE, Canvas.TextStyle.AXIS, Ink.MUTED);
                free = start + width(tick) + LABEL_GAP;
            }
        }
        canvas.text(chart.across(), edge, frame.bottom() + 34, Canvas.Anchor.END, Canvas.TextStyle.AXIS, Ink.MUTED);
    }

    private void drawCurve(final Canvas canvas, final Curve curve) {
        final Ink ink = Ink.series(curve.colour());
        final double[] corners = new double[2 * curve.vertices().size()];
        for (int i = 0; i < curve.vertices().size(); i++) {
            final Vertex vertex = curve.vertices().get(i);
            corners[2 * i] = x(vertex.position());
            corners[2 * i + 1] = frame.y(vertex.value());
        }
        if (curve.vertices().size() > 1) {
            canvas.line(corners, LINE_WIDTH, false, ink);
        }
        for (int i = 0; i < curve.vertices().size(); i++) {
            final Vertex vertex = curve.vertices().get(i);
            if (!vertex.at().isEmpty()) {
                canvas.rectangle(corners[2 * i] - DOT / 2, corners[2 * i + 1] - DOT / 2, DOT, DOT, ink);
                canvas.hint(corners[2 * i] - DOT, corners[2 * i + 1] - DOT, 2 * DOT, 2 * DOT, hint(curve, vertex));
            }
        }
    }

    private String hint(final Curve curve, final Vertex vertex) {
        return curve.name() + " at " + vertex.at() + ": " + Numbers.exact(vertex.value()) + " " + chart.unit();
    }

    private double x(final double position) {
        return left + position * (right - left);
    }

    private static Tick lastTick(final CurveChart chart) {
        return chart.ticks().get(chart.ticks().size() - 1);
    }

    private static double width(final Tick tick) {
        return Glyphs.instance().width(tick.label(), Canvas.TextStyle.AXIS.size());
    }
}
