package io.tollgate.api.read;

import java.util.Objects;

/**
 * The exponentially weighted moving average of a STEP, or the exponentially decayed rate of a FLOW per day of 24 h. A
 * read visits every point of the window.
 *
 * <p>STEP: E starts as the first known level of the window, which is the carried-in level if there is one. A stretch of
 * length dt with level v sets E to {@code v + (E - v) w(dt)}, with w from the {@link Decay}. E does not change while
 * the level is unknown. Within 17 ulp of the largest magnitude in the window.
 *
 * <p>FLOW: {@code c sum v_i w(t - t_i)}. c is {@code ln 2} / half-life, or 1 / time constant, in days, so the result of
 * a flow that has long been steady is its rate. 0 without events inside the life of the series. Within 17 ulp of the
 * same sum over the magnitudes of the values, if that is above 1e-280.
 *
 * @param decay speed of the decay.
 */
public record Ewma(Decay decay) implements Metric {
    /**
     * Creates the metric; no argument may be null.
     *
     * @param decay speed of the decay.
     */
    public Ewma {
        Objects.requireNonNull(decay, "decay");
    }

    @Override
    public String text() {
        return "ewma:" + decay.text();
    }
}
