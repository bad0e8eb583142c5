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
public final class FlowSeries extends NumberedSeries {
    /**
     * Creates a handle. {@link io.tollgate.api.Engine#defineFlow} returns one; programs need not call this.
     *
     * @param number     number of the series in its engine.
     * @param definition definition of the series.
     * @throws IllegalArgumentException if the definition is not of kind FLOW.
     */
    public FlowSeries(final long number, final SeriesDefinition definition) {
        super(number, of(definition).key(), definition.terms(), null);
    }

    FlowSeries(final long number, final String key, final SeriesTerms terms, final SeriesOrigin origin) {
        super(number, key, terms, origin);
    }

    private static SeriesDefinition of(final SeriesDefinition definition) {
        Objects.requireNonNull(definition, "definition");
        definition.require(SeriesKind.FLOW);
        return definition;
    }
}
