package io.tollgate.examples.report.model;

import java.util.List;
import java.util.Objects;

/**
 * Curves over a horizontal axis with custom ticks, for example percentiles or rates, and a logarithmic vertical axis.
 * Immutable.
 *
 * @param id     name of the chart in file names and links, see {@link Chart#id()}.
 * @param title  content of the chart.
 * @param unit   of the values.
 * @param across label of the horizontal axis, with its unit.
 * @param ticks  along the horizontal axis, in rising position; one or more.
 * @param curves one or more, in the order of the legend.
 * @param source of the numbers.
 */
public record CurveChart(
        String id, String title, String unit, String across, List<Tick> ticks, List<Curve> curves, String source)
        implements Chart {
    /**
     * Copies the lists and checks that the chart can be drawn.
     *
     * @throws IllegalArgumentException if the id is malformed, or there is no tick or no curve.
     */
    public CurveChart {
        Identifier.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(across, "across");
        Objects.requireNonNull(source, "source");
        ticks = List.copyOf(ticks);
        curves = List.copyOf(curves);
        if (ticks.isEmpty() || curves.isEmpty()) {
            throw new IllegalArgumentException("chart=" + id + ": ticks=" + ticks.size() + ", curves=" + curves.size()
                    + ", expected at least one of each");
        }
    }

    /**
     * A vertical grid line with a label below.
     *
     * @param position 0 at the left edge of the plot to 1 at its right edge.
     * @param label    short.
     */
    public record Tick(double position, String label) {
        /**
         * Checks the position.
         *
         * @throws IllegalArgumentException if it is outside the plot.
         */
        public Tick {
            Objects.requireNonNull(label, "label");
            requireInPlot("tick=" + label, position);
        }
    }

    /**
     * A value at a position along the horizontal axis.
     *
     * @param position 0 at the left edge of the plot to 1 at its right edge.
     * @param at       name of the position in tables; empty for a vertex that only makes the curve smooth.
     * @param value    above 0, in the chart's unit.
     */
    public record Vertex(double position, String at, double value) {
        /**
         * Checks position and value.
         *
         * @throws IllegalArgumentException if the position is outside the plot, or the value is not above 0.
         */
        public Vertex {
            Objects.requireNonNull(at, "at");
            requireInPlot("at=" + at, position);
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "at=" + at + ": value=" + value + ", expected a finite value above 0 for a logarithmic axis");
            }
        }
    }

    /**
     * A named curve.
     *
     * @param name     for the legend.
     * @param colour   index into the palette, 0 to 7.
     * @param vertices one or more, in rising position.
     */
    public record Curve(String name, int colour, List<Vertex> vertices) {
        /**
         * Copies the vertices and checks their order.
         *
         * @throws IllegalArgumentException if there is none, their positions do not rise, or the colour is not in the
         *                                  palette.
         */
        public Curve {
            Objects.requireNonNull(name, "name");
            Ink.series(colour);
            vertices = List.copyOf(vertices);
            if (vertices.isEmpty()) {
                throw new IllegalArgumentException("curve=" + name + ": vertices=0, expected at least one");
            }
            for (int i = 1; i < vertices.size(); i++) {
                if (!(vertices.get(i).position() > vertices.get(i - 1).position())) {
                    throw new IllegalArgumentException("curve=" + name + ": position="
                            + vertices.get(i).position() + " after position="
                            + vertices.get(i - 1).position() + ", expected rising positions");
                }
            }
        }
    }

    private static void requireInPlot(final String what, final double position) {
        if (!(position >= 0 && position <= 1)) {
            throw new IllegalArgumentException(what + ": position=" + position + ", expected 0 to 1");
        }
    }
}
