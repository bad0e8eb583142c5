package io.tollgate.api.panel;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import java.util.List;
import java.util.Objects;

/**
 * A ratio of sums, never a mean of ratios: what events of some series add up to over a window, over what those of
 * others do. Duties over imports give the collected rate; a flow over itself, in two windows, its growth, as the
 * front-loading before a tariff against the year before. Immutable.
 *
 * @param numerators   one at least, of one unit and scale.
 * @param denominators one at least, of one unit and scale.
 */
public record FlowRatio(List<FlowSeries> numerators, List<FlowSeries> denominators) {
    /**
     * Checks the series.
     *
     * @param numerators   one at least, of one unit and scale.
     * @param denominators one at least, of one unit and scale.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public FlowRatio {
        Objects.requireNonNull(denominators, "denominators");
        Objects.requireNonNull(numerators, "numerators");
        numerators = List.copyOf(numerators);
        denominators = List.copyOf(denominators);
        requireAlike("numerators", numerators);
        requireAlike("denominators", denominators);
    }

    private static void requireAlike(final String name, final List<FlowSeries> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException(name + "=none, expected one at least");
        }
        final SeriesDefinition expected = all.get(0).definition();
        for (final FlowSeries series : all) {
            final SeriesDefinition found = series.definition();
            if (found.scale() != expected.scale() || !found.unit().equals(expected.unit())) {
                throw new IllegalArgumentException("series=" + series.key() + " unit=" + found.unit() + " scale="
                        + found.scale() + ", expected unit=" + expected.unit() + " scale=" + expected.scale()
                        + " as of " + expected.key() + ": what is added up is alike");
            }
        }
    }

    /**
     * One flow over another one.
     *
     * @param numerator   as duties.
     * @param denominator as imports.
     * @return the ratio.
     */
    public static FlowRatio of(final FlowSeries numerator, final FlowSeries denominator) {
        Objects.requireNonNull(denominator, "denominator");
        Objects.requireNonNull(numerator, "numerator");
        return new FlowRatio(List.of(numerator), List.of(denominator));
    }
}
