package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;

/** A drawing surface. Coordinates and sizes are in pixels of the chart; y grows downwards. */
interface Canvas {
    /** The point of a text at its x coordinate; y is the baseline. */
    enum Anchor {
        /** Its left end. */
        START,
        /** Its middle. */
        MIDDLE,
        /** Its right end. */
        END
    }

    /** Size and weight of a text, and whether it has a margin that hides the drawing below it. */
    enum TextStyle {
        /** The title of a chart in its own file. */
        TITLE(18, true, false),
        /** Units, ticks and the legend. */
        AXIS(12, false, false),
        /** Names of bands and markers. */
        EVENT(12, false, true),
        /** Numbers beside lines and bars. */
        VALUE(11.5, true, true),
        /** The source of the numbers. */
        SOURCE(11, false, false);

        private final double size;
        private final boolean strong;
        private final boolean halo;

        TextStyle(final double size, final boolean strong, final boolean halo) {
            this.size = size;
            this.strong = strong;
            this.halo = halo;
        }

        double size() {
            return size;
        }

        boolean strong() {
            return strong;
        }

        boolean halo() {
            return halo;
        }
    }

    void rectangle(double x, double y, double width, double height, Ink ink);

    /**
     * Draws connected straight lines.
     *
     * @param xy the vertices: x0, y0, x1, y1, ...
     */
    void line(double[] xy, double width, boolean dashed, Ink ink);

    void text(String text, double x, double y, Anchor anchor, TextStyle style, Ink ink);

    /** Adds a tooltip to an area, if the medium supports it. */
    void hint(double x, double y, double width, double height, String text);
}
