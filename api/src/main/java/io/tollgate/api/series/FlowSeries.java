package io.tollgate.api.series;

/**
 * A series of kind {@link SeriesKind#FLOW}: each point is an amount that happens at an instant.
 */
public final class FlowSeries extends NumberedSeries implements Series {
    /**
     * A handle to a series of an engine.
     *
     * @param number     of the series in its engine.
     * @param definition how it was defined.
     * @throws IllegalArgumentException if the definition is not of kind FLOW.
     */
    public FlowSeries(final long number, final SeriesDefinition definition) {
        super(number, definition, SeriesKind.FLOW);
    }
}
