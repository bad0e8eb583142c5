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
public final class StepSeries implements Series {
    private final long number;
    private final SeriesDefinition definition;
    private final long identity;

    /**
     * Creates a handle. {@link io.tollgate.api.Engine#defineStep} returns one; programs need not call this.
     *
     * @param number     number of the series in its engine.
     * @param definition definition of the series.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     */
    public StepSeries(final long number, final SeriesDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        definition.require(SeriesKind.STEP);
        this.number = number;
        this.definition = definition;
        identity = definition.identity();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public SeriesDefinition definition() {
        return definition;
    }

    @Override
    public long identity() {
        return identity;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof final StepSeries that && number == that.number && identity == that.identity;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(number) + Long.hashCode(identity);
    }

    /** {@return the number and the definition} */
    @Override
    public String toString() {
        return "StepSeries[" + number + ": " + definition + "]";
    }
}
