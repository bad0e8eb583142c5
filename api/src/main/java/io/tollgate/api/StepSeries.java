package io.tollgate.api;

/**
 * A series of kind {@link SeriesKind#STEP}: its value is in force from its instant until the next one.
 *
 * @param number     of the series in its engine.
 * @param definition how it was defined.
 */
public record StepSeries(long number, SeriesDefinition definition) implements Series {
    /**
     * Checks the kind.
     *
     * @param number     of the series in its engine.
     * @param definition how it was defined.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     */
    public StepSeries {
        definition.require(SeriesKind.STEP);
    }
}
