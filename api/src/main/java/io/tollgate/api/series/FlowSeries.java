package io.tollgate.api.series;

import java.util.Objects;

/**
 * A series of kind {@link SeriesKind#FLOW}: each point is an amount that happens at an instant.
 */
public final class FlowSeries implements Series {
    private final long number;
    private final SeriesDefinition definition;
    private final long identity;

    /**
     * A handle to a series of an engine.
     *
     * @param number     of the series in its engine.
     * @param definition how it was defined.
     * @throws IllegalArgumentException if the definition is not of kind FLOW.
     */
    public FlowSeries(final long number, final SeriesDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        definition.require(SeriesKind.FLOW);
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
        return other instanceof final FlowSeries that && number == that.number && identity == that.identity;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(number) + Long.hashCode(identity);
    }

    /** {@return the key, the number, and how it was defined} */
    @Override
    public String toString() {
        return "FlowSeries[" + number + ": " + definition + "]";
    }
}
