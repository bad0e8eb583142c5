package io.tollgate.api.series;

import java.util.Objects;

/**
 * A handle to a series of kind {@link SeriesKind#STEP}: each point is a level in force until the next point, such as a
 * tariff rate.
 *
 * <pre>{@code
 * StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
 * long ticket = publisher.offer(rate, effectiveNs, rate.scaled("34"));
 * double inForce = reader.level().read(rate, engine.now()).value();
 * }</pre>
 */
public final class StepSeries extends NumberedSeries {
    /**
     * Creates a handle. {@link io.tollgate.api.Engine#defineStep} returns one; programs need not call this.
     *
     * @param number     number of the series in its engine.
     * @param definition definition of the series.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     */
    public StepSeries(final long number, final SeriesDefinition definition) {
        super(number, of(definition).key(), definition.terms(), null);
    }

    StepSeries(final long number, final String key, final SeriesTerms terms, final SeriesOrigin origin) {
        super(number, key, terms, origin);
    }

    private static SeriesDefinition of(final SeriesDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        definition.require(SeriesKind.STEP);
        return definition;
    }
}
