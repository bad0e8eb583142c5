package io.tollgate.examples.report;

import io.tollgate.examples.report.BarChart.Bars;
import io.tollgate.examples.report.BarChart.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws a {@link BarChart}. Immutable. */
final class BarChartPainter implements ChartPainter {
    private static final double SHARE_OF_SLOT = 0.76;
    private static final double WIDEST_BAR = 48;
    private static final double BELOW = 26;

    private final BarChart chart;
    private final ValueAxis axis;
    private final ChartFrame frame;
    private final double left;
    private final double right;
    private final double slot;
    private final double barWidth;

    BarChartPainter(final BarChart chart, final ChartFormat format) {
        this.chart = chart;
        final DoubleStream amounts = chart.groups().stream()
                .flatMap(bars -> bars.values().stream())
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value));
        final DoubleStream references = chart.referenceLevels().stream().mapToDouble(Level::value);
        axis = new ValueAxis(0, DoubleStream.concat(amounts, references).max().orElse(0), format.plotHeight());
        left = ChartFrame.left(format, axis);
        right = ChartFrame.right(format);
        slot = (right - left) / chart.categories().size();
        barWidth = Math.min(WIDEST_BAR, slot * SHARE_OF_SLOT / chart.groups().size());
        final List<ChartFrame.Entry> entries = new ArrayList<>();
        chart.groups()
                .forEach(bars -> entries.add(
                        new ChartFrame.Entry(bars.name(), Ink.series(bars.colour()), ChartFrame.Swatch.BOX)));
        chart.referenceLevels()
                .forEach(level ->
                        entries.add(new ChartFrame.Entry(level.label(), Ink.TEXT, ChartFrame.Swatch.DASHED_LINE)));
        frame = new ChartFrame(chart, format, axis, entries, 0, BELOW);
    }

    @Override
    public double height() {
        return frame.height();
    }

    @Override
    public void paint(final Canvas canvas) {
        frame.draw(canvas);
        for (int group = 0; group < chart.groups().size(); group++) {
            for (int category = 0; category < chart.categories().size(); category++) {
                drawBar(canvas, group, category);
            }
        }
        for (final Level level : chart.referenceLevels()) {
            drawLevel(canvas, level);
        }
        if (hasRoomForValues()) {
            drawValues(canvas);
        }
        drawCategories(canvas);
        drawHints(canvas);
    }

    private double x(final int group, final int category) {
        return left + (category + 0.5) * slot + (group - chart.groups().size() / 2.0) * barWidth;
    }

    private void drawBar(final Canvas canvas, final int group, final int category) {
        final Bars bars = chart.groups().get(group);
        final double value = bars.values().get(category);
        if (value > 0) {
            final double gap = Math.min(2, barWidth / 6);
            final double y = frame.y(value);
            canvas.rectangle(
                    x(group, category) + gap / 2, y, barWidth - gap, frame.y(0) - y, Ink.series(bars.colour()));
        }
    }

    private boolean hasRoomForValues() {
        return chart.groups().stream()
                .flatMap(bars -> bars.values().stream())
                .map(this::text)
                .allMatch(text -> Glyphs.instance().width(text, Canvas.TextStyle.VALUE.size()) <= roomForValue());
    }

    private double roomForValue() {
        return (chart.groups().size() == 1 ? slot : barWidth) - 2;
    }

    private String text(final double value) {
        return Double.isNaN(value) ? "n/a" : Numbers.label(value, axis.decimals() + 1);
    }

    private void drawValues(final Canvas canvas) {
        for (int group = 0; group < chart.groups().size(); group++) {
            final Bars bars = chart.groups().get(group);
            for (int category = 0; category < chart.categories().size(); category++) {
                final double value = bars.values().get(category);
                final double x = x(group, category) + barWidth / 2;
                final double y = frame.y(Double.isNaN(value) ? 0 : value) - 5;
                final Ink ink = Double.isNaN(value) ? Ink.MUTED : Ink.series(bars.colour());
                canvas.text(text(value), x, y, Canvas.Anchor.MIDDLE, Canvas.TextStyle.VALUE, ink);
            }
        }
    }

    private void drawLevel(final Canvas canvas, final Level level) {
        final double y = frame.y(level.value());
        final double[] across = {left, y, right, y};
        canvas.line(across, 4, false, Ink.PAPER);
        canvas.line(across, 2, true, Ink.TEXT);
    }

    private void drawCategories(final Canvas canvas) {
        final double widest = chart.categories().stream()
                .mapToDouble(name -> Glyphs.instance().width(name, Canvas.TextStyle.AXIS.size()))
                .max()
                .orElseThrow();
        final int every = (int) Math.ceil((widest + 8) / slot);
        for (int category = 0; category < chart.categories().size(); category += every) {
            final double x = left + (category + 0.5) * slot;
            canvas.line(new double[] {x, frame.bottom(), x, frame.bottom() + 5}, 1, false, Ink.AXIS);
            final double half =
                    Glyphs.instance().width(chart.categories().get(category), Canvas.TextStyle.AXIS.size()) / 2;
            canvas.text(
                    chart.categories().get(category),
                    Math.min(x, right + 12 - half),
                    frame.bottom() + 18,
                    Canvas.Anchor.MIDDLE,
                    Canvas.TextStyle.AXIS,
                    Ink.MUTED);
        }
    }

    private void drawHints(final Canvas canvas) {
        for (int category = 0; category < chart.categories().size(); category++) {
            final List<String> amounts = new ArrayList<>();
            for (final Bars bars : chart.groups()) {
                final double value = bars.values().get(category);
                amounts.add(bars.name() + " " + (Double.isNaN(value) ? "unknown" : Numbers.exact(value)));
            }
            canvas.hint(
                    left + category * slot,
                    frame.top(),
                    slot,
                    frame.bottom() - frame.top(),
                    chart.categories().get(category) + ": " + String.join(", ", amounts) + " " + chart.unit());
        }
    }
}
