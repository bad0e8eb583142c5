package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.Ink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The parts around every plot: title, unit, legend, the vertical axis with its grid, and the source. Immutable. */
final class ChartFrame {
    private static final double FRAMED_MARGIN = 20;
    private static final double RIGHT_MARGIN = 14;
    private static final double TITLE_LINE = 24;
    private static final double LEGEND_LINE = 20;
    private static final double SOURCE_LINE = 15;
    private static final double SWATCH = 24;
    private static final double BOX = 12;
    private static final double GAP = 6;

    private final Chart chart;
    private final ChartFormat format;
    private final VerticalAxis axis;
    private final List<Placed> legend = new ArrayList<>();
    private final List<String> titleLines;
    private final List<String> sourceLines;
    private final double legendTop;
    private final double top;
    private final double below;

    /** The sample of a colour in the legend. */
    enum Swatch {
        LINE,
        DASHED_LINE,
        BOX
    }

    /** A name in the legend. */
    record Entry(String name, Ink ink, Swatch swatch) {}

    private record Placed(Entry entry, double x, double y) {}

    /**
     * Computes the layout.
     *
     * @param eventRows rows of an {@link EventStrip} above the plot.
     * @param below     pixels kept below the plot for the horizontal axis.
     */
    ChartFrame(
            final Chart chart,
            final ChartFormat format,
            final VerticalAxis axis,
            final List<Entry> entries,
            final int eventRows,
            final double below) {
        this.chart = chart;
        this.format = format;
        this.axis = axis;
        this.below = below;
        final double margin = margin(format);
        final double textWidth = format.width() - 2 * margin;
        titleLines = format.framed() ? lines(chart.title(), textWidth, Canvas.TextStyle.TITLE) : List.of();
        sourceLines = format.framed() && !chart.source().isBlank()
                ? lines("Source: " + References.strip(chart.source()), textWidth, Canvas.TextStyle.SOURCE)
                : List.of();
        legendTop = margin + titleLines.size() * TITLE_LINE + (format.framed() ? GAP : 0);
        double x = margin;
        double y = legendTop + LEGEND_LINE;
        for (final Entry entry : entries) {
            final double width = swatchWidth(entry) + GAP + width(entry.name(), Canvas.TextStyle.AXIS);
            if (x > margin && x + width > format.width() - margin) {
                x = margin;
                y += LEGEND_LINE;
            }
            legend.add(new Placed(entry, x, y));
            x += width + 18;
        }
        top = y + LEGEND_LINE + GAP + eventRows * EventStrip.ROW_HEIGHT;
    }

    /** Returns the left edge of a plot with this axis. */
    static double left(final ChartFormat format, final VerticalAxis axis) {
        return margin(format) + axis.labelWidth() + 8;
    }

    /** Returns the right edge of a plot. */
    static double right(final ChartFormat format) {
        return format.width() - Math.max(RIGHT_MARGIN, margin(format));
    }

    double top() {
        return top;
    }

    double bottom() {
        return top + format.plotHeight();
    }

    double height() {
        return bottom() + below + sourceLines.size() * SOURCE_LINE + margin(format);
    }

    double y(final double value) {
        return axis.y(value, top, bottom());
    }

    void draw(final Canvas canvas) {
        final double margin = margin(format);
        final double left = left(format, axis);
        double y = margin;
        for (final String line : titleLines) {
            y += TITLE_LINE;
            canvas.text(line, margin, y - 6, Canvas.Anchor.START, Canvas.TextStyle.TITLE, Ink.TEXT);
        }
        canvas.text(chart.unit(), margin, legendTop + 12, Canvas.Anchor.START, Canvas.TextStyle.AXIS, Ink.MUTED);
        for (final Placed placed : legend) {
            drawEntry(canvas, placed);
        }
        for (final BigDecimal tick : axis.ticks()) {
            final double tickY = y(tick.doubleValue());
            final Ink ink = tick.signum() == 0 ? Ink.AXIS : Ink.GRID;
            canvas.line(new double[] {left, tickY, right(format), tickY}, 1, false, ink);
            canvas.text(axis.label(tick), left - 8, tickY + 4, Canvas.Anchor.END, Canvas.TextStyle.AXIS, Ink.MUTED);
        }
        double sourceY = bottom() + below;
        for (final String line : sourceLines) {
            sourceY += SOURCE_LINE;
            canvas.text(line, margin, sourceY - 2, Canvas.Anchor.START, Canvas.TextStyle.SOURCE, Ink.MUTED);
        }
    }

    private static void drawEntry(final Canvas canvas, final Placed placed) {
        final double middle = placed.y() + 8;
        final Ink ink = placed.entry().ink();
        if (placed.entry().swatch() == Swatch.BOX) {
            canvas.rectangle(placed.x(), middle - 6, BOX, 12, ink);
        } else {
            final boolean dashed = placed.entry().swatch() == Swatch.DASHED_LINE;
            canvas.line(new double[] {placed.x(), middle, placed.x() + SWATCH, middle}, 2.5, dashed, ink);
        }
        canvas.text(
                placed.entry().name(),
                placed.x() + swatchWidth(placed.entry()) + GAP,
                middle + 4,
                Canvas.Anchor.START,
                Canvas.TextStyle.AXIS,
                Ink.TEXT);
    }

    private static double margin(final ChartFormat format) {
        return format.framed() ? FRAMED_MARGIN : 1;
    }

    private static double swatchWidth(final Entry entry) {
        return entry.swatch() == Swatch.BOX ? BOX : SWATCH;
    }

    private static List<String> lines(final String text, final double limit, final Canvas.TextStyle style) {
        return Wrap.lines(text, limit, line -> width(line, style));
    }

    private static double width(final String text, final Canvas.TextStyle style) {
        return Glyphs.instance().width(text, style.size());
    }
}
