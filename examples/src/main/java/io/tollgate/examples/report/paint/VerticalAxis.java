package io.tollgate.examples.report.paint;

import java.math.BigDecimal;
import java.util.List;

/** A vertical axis: ticks with labels, and the mapping from values to positions. Immutable. */
interface VerticalAxis {
    /** Returns two or more ticks, ascending. */
    List<BigDecimal> ticks();

    String label(BigDecimal tick);

    /** Returns the position of a value in a plot from {@code top} to {@code bottom}. */
    double y(double value, double top, double bottom);

    /** Returns the width of the widest label in pixels. */
    default double labelWidth() {
        return ticks().stream()
                .mapToDouble(tick -> Glyphs.instance().width(label(tick), Canvas.TextStyle.AXIS.size()))
                .max()
                .orElseThrow();
    }
}
