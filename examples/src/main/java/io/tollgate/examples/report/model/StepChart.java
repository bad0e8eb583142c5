package io.tollgate.examples.report.model;

import java.util.List;
import java.util.Objects;

/**
 * Levels over time, drawn as steps. A level holds from its instant until the next one and is never interpolated.
 * Immutable.
 *
 * @param id      name of the chart in file names and links, see {@link Chart#id()}.
 * @param title   content of the chart.
 * @param unit    of the levels.
 * @param lines   one or more, in the order of the legend; at least one of them has a point.
 * @param bands   shaded periods.
 * @param markers instants with a name.
 * @param source  of the numbers.
 */
public record StepChart(
        String id, String title, String unit, List<Line> lines, List<Band> bands, List<Marker> markers, String source)
        implements Chart {
    /**
     * Copies the lists and checks that the chart can be drawn.
     *
     * @throws IllegalArgumentException if the id is malformed or no line has a point.
     */
    public StepChart {
        Identifier.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(source, "source");
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
        markers = List.copyOf(markers);
        if (lines.stream().allMatch(line -> line.points().isEmpty())) {
            throw new IllegalArgumentException("chart=" + id + " has no point, expected a line with at least one");
        }
    }

    /** The style of a line, which shows if its levels were in force. */
    public enum LineStyle {
        /** The level was in force. */
        SOLID,
        /** The level was announced and never in force. */
        DASHED
    }

    /**
     * A level that starts at an instant.
     *
     * @param timeNs its start, nanoseconds since the epoch, UTC.
     * @param value  the level; NaN if it is unknown from here on, which leaves a gap.
     */
    public record Point(long timeNs, double value) {
        /**
         * Checks the level.
         *
         * @throws IllegalArgumentException if the level is infinite.
         */
        public Point {
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException("value=" + value + ", expected a finite level, or NaN for unknown");
            }
        }
    }

    /**
     * A named sequence of levels.
     *
     * @param name   for the legend.
     * @param colour index into the palette, 0 to 7; lines of one actor share a colour.
     * @param style  solid for levels in force, dashed for levels that were only announced.
     * @param points in strictly rising time; may be empty.
     * @param endNs  end of the last level, exclusive; not before the last point.
     */
    public record Line(String name, int colour, LineStyle style, List<Point> points, long endNs) {
        /**
         * Copies the points and checks their order.
         *
         * @throws IllegalArgumentException if the times do not rise, the end is before the last point, or the colour is
         *                                  not in the palette.
         */
        public Line {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(style, "style");
            Ink.series(colour);
            points = List.copyOf(points);
            for (int i = 1; i < points.size(); i++) {
                if (points.get(i).timeNs() <= points.get(i - 1).timeNs()) {
                    throw new IllegalArgumentException("line=" + name + ": timeNs="
                            + points.get(i).timeNs() + " after timeNs="
                            + points.get(i - 1).timeNs() + ", expected strictly rising times");
                }
            }
            if (!points.isEmpty() && endNs < points.get(points.size() - 1).timeNs()) {
                throw new IllegalArgumentException("line=" + name + ": endNs=" + endNs + ", expected at least timeNs="
                        + points.get(points.size() - 1).timeNs() + " of the last point");
            }
        }
    }

    /**
     * A shaded period.
     *
     * @param fromNs start, nanoseconds since the epoch, UTC.
     * @param toNs   end, exclusive; after the start.
     * @param label  short, drawn at the top.
     */
    public record Band(long fromNs, long toNs, String label) {
        /**
         * Checks the order of the ends.
         *
         * @throws IllegalArgumentException if the end is not after the start.
         */
        public Band {
            Objects.requireNonNull(label, "label");
            if (toNs <= fromNs) {
                throw new IllegalArgumentException(
                        "band=" + label + ": toNs=" + toNs + ", expected more than fromNs=" + fromNs);
            }
        }
    }

    /**
     * An instant with a name, drawn as a vertical line.
     *
     * @param timeNs nanoseconds since the epoch, UTC.
     * @param label short, drawn at the top.
     */
    public record Marker(long timeNs, String label) {
        /** Checks that there is a label. */
        public Marker {
            Objects.requireNonNull(label, "label");
        }
    }
}
