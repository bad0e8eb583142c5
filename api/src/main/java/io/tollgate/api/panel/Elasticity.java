package io.tollgate.api.panel;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;

/**
 * The tariff elasticity of a quantity: {@code ln(q1 / q0) / ln((1 + t1) / (1 + t0))}, with q the sum of flows over a
 * window and t the rate at its end, at two instants. Immutable.
 *
 * <pre>{@code
 * ElasticityReading reading =
 *         reader.elasticity(new Elasticity(List.of(imports), rate), Window.sliding(Duration.ofDays(365)));
 * double elasticity = reading.read(before, after).value();
 * }</pre>
 *
 * @param flows at least one flow, all of one unit and scale.
 * @param rate  the rate, in PERCENT, FRACTION or BASIS_POINT.
 */
public record Elasticity(List<FlowSeries> flows, StepSeries rate) {
    /**
     * Checks the series.
     *
     * @param flows at least one flow, all of one unit and scale.
     * @param rate  the rate, in PERCENT, FRACTION or BASIS_POINT.
     * @throws IllegalArgumentException if they do not suit each other; the message says why.
     */
    public Elasticity {
        Objects.requireNonNull(flows, "flows");
        Objects.requireNonNull(rate, "rate");
        flows = new FlowRatio(flows, flows).numerators();
        PassThrough.requireRate(rate);
    }
}
