package io.tollgate.api.panel;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;

/**
 * How a quantity follows a tariff: {@code ln(q1 / q0) / ln((1 + t1) / (1 + t0))}, where q is what flows add up to over
 * a window, and t the rate at its end. Immutable.
 *
 * @param flows one at least, of one unit and scale.
 * @param rate  in PERCENT, FRACTION or BASIS_POINT.
 */
public record Elasticity(List<FlowSeries> flows, StepSeries rate) {
    /**
     * Checks the series.
     *
     * @param flows one at least, of one unit and scale.
     * @param rate  in PERCENT, FRACTION or BASIS_POINT.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public Elasticity {
        Objects.requireNonNull(flows, "flows");
        Objects.requireNonNull(rate, "rate");
        flows = new FlowRatio(flows, flows).numerators();
        PassThrough.requireRate(rate);
    }
}
