package io.tollgate.examples.report.model;

/** A chart of a report: its content, unit, and the source of its numbers. Immutable. */
public sealed interface Chart permits StepChart, BarChart, CurveChart {
    /**
     * Returns the name of the chart in file names and links.
     *
     * @return a letter a-z, then letters a-z, digits and hyphens; unique in the report.
     */
    String id();

    /**
     * Returns the content of the chart, in one line.
     *
     * @return the title.
     */
    String title();

    /**
     * Returns the unit of the numbers, for the vertical axis.
     *
     * @return the unit, for example {@code percentage points} or {@code tonnes a month}.
     */
    String unit();

    /**
     * Returns the source of the numbers.
     *
     * @return the source line below the chart; {@code [3]} in it refers to the report's third source.
     */
    String source();
}
