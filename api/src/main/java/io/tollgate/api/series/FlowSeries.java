package io.tollgate.api.series;

import java.util.Objects;

/**
 * A handle to a series of kind {@link SeriesKind#FLOW}: each point is an amount that happens at an instant, such as
 * licences granted or duties paid.
 *
 * <pre>{@code
 * FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("licences.CN.granted", Unit.COUNT, 0));
 * long ticket = publisher.offer(granted, grantedNs, 3);
 * double thisMonth = reader.window(Window.sliding(Duration.ofDays(30)), Metric.SUM)
 *         .read(granted, engine.now())
 *         .value(Metric.SUM);
 * }</pre>
 */
public final class FlowSeries implements Series {
    private final long number;
    private final SeriesDefinition definition;
    private final long identity;

    /**
     * Creates a handle. {@link io.tollgate.api.Engine#defineFlow} returns one; programs need not call this.
     *
     * @param number     number of the series in its engine.
     * @param definition definition of the series.
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

    /** {@return the number and the definition} */
    @Override
    public String toString() {
        return "FlowSeries[" + number + ": " + definition + "]";
    }
}
