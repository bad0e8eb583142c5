package io.tollgate.examples.report.model;

import java.util.List;
import java.util.Objects;

/**
 * Amounts by category (months, quarters), one bar a category and group, with reference levels across. Immutable.
 *
 * @param id names the chart in file names and links, see {@link Chart#id()}.
 * @param title what the chart shows.
 * @param unit of the amounts.
 * @param categories one or more names along the horizontal axis, in order; name the missing ones too. What stands
 *     behind a line feed is drawn below the name where all have room for it.
 * @param groups one or more; each has an amount for each category.
 * @param referenceLevels horizontal lines to compare with; may be empty.
 * @param source where the numbers are from.
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
     * @throws IllegalArgumentException if the id is malformed, there is no category or group, or a group has another
     *     number of amounts than there are categories.
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

    /** A category as it stands in a sentence or a table. */
    public String category(final int index) {
        return categories.get(index).replace('\n', ' ');
    }

    /**
     * A group of bars of one colour.
     *
     * @param name as the legend says it.
     * @param colour index into the palette, 0 to 7.
     * @param values 0 or more, one for each category; NaN where it is unknown, which leaves the place empty.
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
     * A horizontal line to compare with.
     *
     * @param label as the legend says it, with the value, for example {@code mean of 2024: 4846}.
     * @param value where it lies, in the chart's unit; 0 or more.
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
