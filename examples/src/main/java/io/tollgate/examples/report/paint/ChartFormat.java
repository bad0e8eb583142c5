package io.tollgate.examples.report.paint;

/**
 * For which place a chart is drawn.
 *
 * @param width of the whole chart in pixels.
 * @param plotHeight from the top to the bottom of the axes, in pixels.
 * @param framed whether title and source are part of the drawing, because nothing around it says them.
 */
public record ChartFormat(int width, int plotHeight, boolean framed) {
    /** In a page on a desk. */
    public static final ChartFormat WIDE = new ChartFormat(920, 300, false);

    /** In a page on a telephone. */
    public static final ChartFormat NARROW = new ChartFormat(356, 250, false);

    /** In a file of its own. */
    public static final ChartFormat FILE = new ChartFormat(960, 340, true);
}
