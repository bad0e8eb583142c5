package io.tollgate.examples.report.model;

/** A chart of a report: what it shows, in which unit, and where the numbers are from. Immutable. */
public sealed interface Chart permits StepChart, BarChart, CurveChart {
    /**
     * Names the chart in file names and links.
     *
     * @return a letter a-z, then letters a-z, digits and hyphens; unique in the report.
     */
    String id();

    /**
     * What the chart shows, in one line.
     *
     * @return the title.
     */
    String title();

    /**
     * What the numbers count, as the vertical axis says it.
     *
     * @return the unit, for example {@code percentage points} or {@code tonnes a month}.
     */
    String unit();

    /**
     * Where the numbers are from.
     *
     * @return the source line under the chart; {@code [3]} in it refers to the report's third source.
     */
    String source();
}
