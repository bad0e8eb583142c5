package io.tollgate.examples.report.model;

import java.util.List;
import java.util.Objects;

/**
 * Amounts by category (months, quarters), one bar for each category and group, with horizontal reference levels.
 * Immutable.
 *
 * @param id              name of the chart in file names and links, see {@link Chart#id()}.
 * @param title           content of the chart.
 * @param unit            of the amounts.
 * @param categories      one or more names along the horizontal axis, in order; missing ones must be named too. Text
 *                        after a line feed is drawn below the name if there is enough space for all categories.
 * @param groups          one or more; each has an amount for each category.
 * @param referenceLevels horizontal lines for comparison; may be empty.
 * @param source          of the numbers.
 */
public record BarChart(
        String id,
        String title,
        String unit,
        List<String> categories,
        List<Bars> groups,
        List<Level> referenceLevels,
        String source)
        implements Chart {
    /**
     * Copies the lists and checks that every group has an amount for every category.
     *
     * @throws IllegalArgumentException if the id is malformed, there is no category or group, or the number of amounts
     *                                  in a group differs from the number of categories.
     */
    public BarChart {
        Identifier.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(source, "source");
        categories = List.copyOf(categories);
        groups = List.copyOf(groups);
        referenceLevels = List.copyOf(referenceLevels);
        if (categories.isEmpty() || groups.isEmpty()) {
            throw new IllegalArgumentException("chart=" + id + ": categories=" + categories.size() + ", groups="
                    + groups.size() + ", expected at least one of each");
        }
        for (final Bars bars : groups) {
            if (bars.values().size() != categories.size()) {
                throw new IllegalArgumentException("chart=" + id + ", group=" + bars.name() + ": values="
                        + bars.values().size() + ", expected one for each of categories=" + categories.size());
            }
        }
    }

    /** Returns a category for a sentence or a table. */
    public String category(final int index) {
        return categories.get(index).replace('\n', ' ');
    }

    /**
     * A group of bars of one colour.
     *
     * @param name   for the legend.
     * @param colour index into the palette, 0 to 7.
     * @param values 0 or more, one for each category; NaN if unknown, which leaves the place empty.
     */
    public record Bars(String name, int colour, List<Double> values) {
        /**
         * Copies the amounts.
         *
         * @throws IllegalArgumentException if an amount is negative or infinite, or the colour is not in the palette.
         */
        public Bars {
            Objects.requireNonNull(name, "name");
            Ink.series(colour);
            values = List.copyOf(values);
            for (final double value : values) {
                if (value < 0 || Double.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "group=" + name + ": value=" + value + ", expected 0 or more, or NaN for unknown");
                }
            }
        }
    }

    /**
     * A horizontal line for comparison.
     *
     * @param label for the legend, with the value, for example {@code mean of 2024: 4846}.
     * @param value in the chart's unit; 0 or more.
     */
    public record Level(String label, double value) {
        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is negative, infinite or NaN.
         */
        public Level {
            Objects.requireNonNull(label, "label");
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("level=" + label + ": value=" + value + ", expected 0 or more");
            }
        }
    }
}
