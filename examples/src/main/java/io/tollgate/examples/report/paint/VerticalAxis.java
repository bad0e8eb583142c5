package io.tollgate.examples.report.paint;

import java.math.BigDecimal;
import java.util.List;

/** A vertical axis: ticks with labels, and where a value lies. Immutable. */
interface VerticalAxis {
    /** Ascending, two or more. */
    List<BigDecimal> ticks();

    String label(BigDecimal tick);

    /** Where a value lies in a plot from {@code top} to {@code bottom}. */
    double y(double value, double top, double bottom);

    /** The width of the widest label in pixels. */
    default double labelWidth() {
        return ticks().stream()
                .mapToDouble(tick -> Glyphs.instance().width(label(tick), Canvas.TextStyle.AXIS.size()))
                .max()
                .orElseThrow();
    }
}
