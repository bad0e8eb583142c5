package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.StepChart.Line;
import io.tollgate.examples.report.model.StepChart.LineStyle;
import io.tollgate.examples.report.model.StepChart.Point;
import java.util.ArrayList;
import java.util.List;

/** Draws a {@link StepChart}: each level as a horizontal line, each change as a vertical one. Immutable. */
final class StepChartPainter implements ChartPainter {
    private static final double LINE_WIDTH = 2.25;
    private static final double BELOW = 40;
    private static final long NS_PER_DAY = 86_400_000_000_000L;

    private final StepChart chart;
    private final List<List<Level>> levels;
    private final ValueAxis valueAxis;
    private final TimeAxis timeAxis;
    private final EventStrip events;
    private final ChartFrame frame;
    private final double left;
    private final double right;

    /** A known level of a line and the time during which it holds. */
    record Level(Line line, long fromNs, long toNs, double value) {}

    StepChartPainter(final StepChart chart, final ChartFormat format) {
        this.chart = chart;
        levels = chart.lines().stream().map(StepChartPainter::levels).toList();
        final List<Line> drawn =
                chart.lines().stream().filter(line -> !line.points().isEmpty()).toList();
        final long fromNs = drawn.stream()
                .mapToLong(line -> line.points().get(0).timeNs())
                .min()
                .orElseThrow();
        final long toNs = drawn.stream().mapToLong(Line::endNs).max().orElseThrow();
        valueAxis = new ValueAxis(
                levels.stream()
                        .flatMap(List::stream)
                        .mapToDouble(Level::value)
                        .min()
                        .orElse(0),
                levels.stream()
                        .flatMap(List::stream)
                        .mapToDouble(Level::value)
                        .max()
                        .orElse(0),
                format.plotHeight());
        left = ChartFrame.left(format, valueAxis);
        right = ChartFrame.right(format);
        timeAxis = new TimeAxis(fromNs, toNs > fromNs ? toNs : fromNs + NS_PER_DAY, left, right);
        events = new EventStrip(events(), left, right);
        final List<ChartFrame.Entry> entries = chart.lines().stream()
                .map(line -> new ChartFrame.Entry(
                        line.name(),
                        Ink.series(line.colour()),
                        line.style() == LineStyle.DASHED ? ChartFrame.Swatch.DASHED_LINE : ChartFrame.Swatch.LINE))
                .toList();
        frame = new ChartFrame(chart, format, valueAxis, entries, events.rows(), BELOW);
    }

    @Override
    public double height() {
        return frame.height();
    }

    @Override
    public void paint(final Canvas canvas) {
        for (final StepChart.Band band : chart.bands()) {
            final double from = clip(timeAxis.x(band.fromNs()));
            final double to = clip(timeAxis.x(band.toNs()));
            if (to > from) {
                canvas.rectangle(from, frame.top(), to - from, frame.bottom() - frame.top(), Ink.BAND);
            }
        }
        frame.draw(canvas);
        drawTicks(canvas);
        events.drawPoles(canvas, frame.top(), frame.bottom());
        for (int i = 0; i < levels.size(); i++) {
            drawBeside(canvas, i);
            drawLine(canvas, chart.lines().get(i), levels.get(i));
        }
        final LevelLabels labels = new LevelLabels(canvas, timeAxis, valueAxis.decimals() + 1, frame, left, right);
        events.poles(frame.top(), frame.bottom()).forEach(labels::avoid);
        levels.forEach(labels::keepOff);
        levels.forEach(labels::write);
        events.drawLabels(canvas, frame.top());
        for (final Level level : levels.stream().flatMap(List::stream).toList()) {
            final double x = timeAxis.x(level.fromNs());
            canvas.hint(x, frame.y(level.value()) - 6, timeAxis.x(level.toNs()) - x, 12, hint(level));
        }
    }

    private static List<Level> levels(final Line line) {
        final List<Level> levels = new ArrayList<>();
        for (int i = 0; i < line.points().size(); i++) {
            final Point point = line.points().get(i);
            if (!Double.isNaN(point.value())) {
                final boolean last = i == line.points().size() - 1;
                final long toNs = last ? line.endNs() : line.points().get(i + 1).timeNs();
                levels.add(new Level(line, point.timeNs(), toNs, point.value()));
            }
        }
        return levels;
    }

    private List<EventStrip.Event> events() {
        final List<EventStrip.Event> named = new ArrayList<>();
        for (final StepChart.Band band : chart.bands()) {
            if (timeAxis.x(band.toNs()) > left && timeAxis.x(band.fromNs()) < right) {
                named.add(new EventStrip.Event(clip(timeAxis.x(band.fromNs())), band.label()));
            }
        }
        for (final StepChart.Marker marker : chart.markers()) {
            if (timeAxis.covers(marker.timeNs())) {
                named.add(new EventStrip.Event(timeAxis.x(marker.timeNs()), marker.label()));
            }
        }
        return named;
    }

    private void drawTicks(final Canvas canvas) {
        for (final TimeAxis.Tick tick : timeAxis.ticks()) {
            final double y = frame.bottom();
            canvas.line(new double[] {tick.x(), y, tick.x(), y + 5}, 1, false, Ink.AXIS);
            canvas.text(tick.label(), tick.x(), y + 18, Canvas.Anchor.MIDDLE, Canvas.TextStyle.AXIS, Ink.MUTED);
            canvas.text(tick.detail(), tick.x(), y + 33, Canvas.Anchor.MIDDLE, Canvas.TextStyle.AXIS, Ink.MUTED);
        }
    }

    /** If later lines cover this one, it is drawn beside them and stays visible. */
    private void drawBeside(final Canvas canvas, final int index) {
        for (int later = levels.size() - 1; later > index; later--) {
            for (final Level lower : levels.get(index)) {
                for (final Level upper : levels.get(later)) {
                    final long fromNs = Math.max(lower.fromNs(), upper.fromNs());
                    final long toNs = Math.min(lower.toNs(), upper.toNs());
                    final boolean solid = lower.line().style() == upper.line().style();
                    if (solid && fromNs < toNs && lower.value() == upper.value()) {
                        final double y = frame.y(lower.value()) - LINE_WIDTH * (later - index);
                        canvas.line(
                                new double[] {timeAxis.x(fromNs), y, timeAxis.x(toNs), y},
                                LINE_WIDTH,
                                false,
                                Ink.series(lower.line().colour()));
                    }
                }
            }
        }
    }

    private void drawLine(final Canvas canvas, final Line line, final List<Level> known) {
        final List<Double> xy = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            final Level level = known.get(i);
            final double y = frame.y(level.value());
            xy.addAll(List.of(timeAxis.x(level.fromNs()), y, timeAxis.x(level.toNs()), y));
            if (i == known.size() - 1 || known.get(i + 1).fromNs() != level.toNs()) {
                final double[] corners =
                        xy.stream().mapToDouble(Double::doubleValue).toArray();
                canvas.line(corners, LINE_WIDTH, line.style() == LineStyle.DASHED, Ink.series(line.colour()));
                xy.clear();
            }
        }
    }

    private String hint(final Level level) {
        final String span = TimeAxis.text(level.fromNs()) + " to " + TimeAxis.text(level.toNs());
        return level.line().name() + ": " + Numbers.exact(level.value()) + " " + chart.unit() + ", " + span;
    }

    private double clip(final double x) {
        return Math.max(left, Math.min(right, x));
    }
}
