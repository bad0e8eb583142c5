package io.tollgate.api.series;

/**
 * A series of kind {@link SeriesKind#STEP}: its value is in force from its instant until the next one.
 */
public final class StepSeries extends NumberedSeries implements Series {
    /**
     * A handle to a series of an engine.
     *
     * @param number     of the series in its engine.
     * @param definition how it was defined.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     */
    public StepSeries(final long number, final SeriesDefinition definition) {
        super(number, definition, SeriesKind.STEP);
    }
}
