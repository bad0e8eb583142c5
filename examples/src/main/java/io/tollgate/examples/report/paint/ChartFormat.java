package io.tollgate.examples.report.paint;

/**
 * The format of a chart.
 *
 * @param width      of the whole chart in pixels.
 * @param plotHeight from the top to the bottom of the axes, in pixels.
 * @param framed     true if title and source are part of the drawing, because no text around it shows them.
 */
public record ChartFormat(int width, int plotHeight, boolean framed) {
    /** For a page on a desktop. */
    public static final ChartFormat WIDE = new ChartFormat(920, 300, false);

    /** For a page on a phone. */
    public static final ChartFormat NARROW = new ChartFormat(356, 250, false);

    /** For a separate file. */
    public static final ChartFormat FILE = new ChartFormat(960, 340, true);
}
