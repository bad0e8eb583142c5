package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.BarChart.Bars;
import io.tollgate.examples.report.model.BarChart.Level;
import io.tollgate.examples.report.model.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws a {@link BarChart}. Immutable. */
final class BarChartPainter implements ChartPainter {
    private static final double SHARE_OF_SLOT = 0.76;
    private static final double WIDEST_BAR = 48;
    private static final double BELOW = 26;
    private static final double DETAIL_LINE = 14;

    private final BarChart chart;
    private final ValueAxis axis;
    private final ChartFrame frame;
    private final double left;
    private final double right;
    private final double slot;
    private final double barWidth;
    /** Details of each category, drawn below its name; empty if there is not enough space. */
    private final List<List<String>> details;

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
        details = details();
        final int lines = details.stream().mapToInt(List::size).max().orElse(0);
        frame = new ChartFrame(chart, format, axis, entries, 0, BELOW + lines * DETAIL_LINE);
    }

    private List<List<String>> details() {
        final double room = slot - 4;
        final List<List<String>> lines = chart.categories().stream()
                .map(category -> category.indexOf('\n') < 0
                        ? List.<String>of()
                        : Wrap.lines(category.substring(category.indexOf('\n') + 1), room, BarChartPainter::width))
                .toList();
        return chart.categories().stream().anyMatch(category -> isCut(category, room)) ? List.of() : lines;
    }

    /** Returns true if a word of a category's details is wider than its space. */
    private static boolean isCut(final String category, final double room) {
        return category.indexOf('\n') >= 0
                && Stream.of(category.substring(category.indexOf('\n') + 1).split(" "))
                        .anyMatch(word -> width(word) > room);
    }

    private static double width(final String text) {
        return Glyphs.instance().width(text, Canvas.TextStyle.AXIS.size());
    }

    private String name(final int category) {
        return chart.categories().get(category).split("\n", 2)[0];
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
        if (hasSpaceForValues()) {
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

    private boolean hasSpaceForValues() {
        return chart.groups().stream()
                .flatMap(bars -> bars.values().stream())
                .map(this::text)
                .allMatch(text -> Glyphs.instance().width(text, Canvas.TextStyle.VALUE.size()) <= spaceForValue());
    }

    private double spaceForValue() {
        return (chart.groups().size() == 1 ? slot : barWidth) - 2;
    }

    private String text(final double value) {
        return Double.isNaN(value) ? "n/a" : Numbers.grouped(Numbers.rounded(value, axis.decimals() + 1));
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
        final int count = chart.categories().size();
        final double widest = IntStream.range(0, count)
                .mapToDouble(category -> width(name(category)))
                .max()
                .orElseThrow();
        final int every = (int) Math.ceil((widest + 8) / slot);
        for (int category = 0; category < count; category += every) {
            final double x = left + (category + 0.5) * slot;
            canvas.line(new double[] {x, frame.bottom(), x, frame.bottom() + 5}, 1, false, Ink.AXIS);
            drawBelow(canvas, name(category), x, 18);
            for (int line = 0;
                    !details.isEmpty() && line < details.get(category).size();
                    line++) {
                drawBelow(canvas, details.get(category).get(line), x, 18 + (line + 1) * DETAIL_LINE);
            }
        }
    }

    private void drawBelow(final Canvas canvas, final String text, final double x, final double below) {
        canvas.text(
                text,
                Math.min(x, right + 12 - width(text) / 2),
                frame.bottom() + below,
                Canvas.Anchor.MIDDLE,
                Canvas.TextStyle.AXIS,
                Ink.MUTED);
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
                    chart.category(category) + ": " + String.join(", ", amounts) + " " + chart.unit());
        }
    }
}
