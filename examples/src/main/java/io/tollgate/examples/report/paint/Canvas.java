package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;

/** What a chart is drawn on. Coordinates and sizes are in pixels of the chart, y downwards. */
interface Canvas {
    /** Which point of a text its x coordinate names; y is the baseline. */
    enum Anchor {
        /** Its left end. */
        START,
        /** Halfway. */
        MIDDLE,
        /** Its right end. */
        END
    }

    /** How large and strong a text is, and whether it keeps what lies under it at a distance. */
    enum TextStyle {
        /** What a chart in a file of its own shows. */
        TITLE(18, true, false),
        /** Units, ticks and the legend. */
        AXIS(12, false, false),
        /** Names of bands and markers. */
        EVENT(12, false, true),
        /** Numbers beside lines and bars. */
        VALUE(11.5, true, true),
        /** Where the numbers are from. */
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
     * @param xy the corners: x0, y0, x1, y1, ...
     */
    void line(double[] xy, double width, boolean dashed, Ink ink);

    void text(String text, double x, double y, Anchor anchor, TextStyle style, Ink ink);

    /** Says more about an area where the reader's pointer rests on it, if the medium can. */
    void hint(double x, double y, double width, double height, String text);
}
