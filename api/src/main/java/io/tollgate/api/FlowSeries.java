package io.tollgate.api;

/**
 * A series of kind {@link SeriesKind#FLOW}: each point is an amount that happens at an instant.
 *
 * @param number     of the series in its engine.
 * @param definition how it was defined.
 */
public record FlowSeries(long number, SeriesDefinition definition) implements Series {
    /**
     * Checks the kind.
     *
     * @param number     of the series in its engine.
     * @param definition how it was defined.
     * @throws IllegalArgumentException if the definition is not of kind FLOW.
     */
    public FlowSeries {
        definition.require(SeriesKind.FLOW);
    }
}
