package io.tollgate.api.panel;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import java.util.List;
import java.util.Objects;

/**
 * A ratio of sums of flows over a window, never a mean of ratios. Duties over imports give the collected rate. A flow
 * over itself at an earlier instant gives its growth, for example front-loading before a tariff compared to the year
 * before. Immutable.
 *
 * <pre>{@code
 * RatioReading collected = reader.ratio(FlowRatio.of(duties, imports), Window.sliding(Duration.ofDays(365)));
 * double percent = collected.read(engine.now()).percent();
 * }</pre>
 *
 * @param numerators   at least one flow, all of one unit and scale.
 * @param denominators at least one flow, all of one unit and scale.
 */
public record FlowRatio(List<FlowSeries> numerators, List<FlowSeries> denominators) {
    /**
     * Checks the series.
     *
     * @param numerators   at least one flow, all of one unit and scale.
     * @param denominators at least one flow, all of one unit and scale.
     * @throws IllegalArgumentException if they do not suit each other; the message says why.
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
                        + " as in " + expected.key() + ": all " + name + " have one unit and scale");
            }
        }
    }

    /**
     * Returns the ratio of one flow over another.
     *
     * @param numerator   the numerator, for example duties.
     * @param denominator the denominator, for example imports.
     * @return the ratio.
     */
    public static FlowRatio of(final FlowSeries numerator, final FlowSeries denominator) {
        Objects.requireNonNull(denominator, "denominator");
        Objects.requireNonNull(numerator, "numerator");
        return new FlowRatio(List.of(numerator), List.of(denominator));
    }
}
