package io.tollgate.api.read;

import java.util.Objects;

/**
 * The time-decayed average of the window of a STEP; the decayed rate per day of 24 h of a FLOW. Worked
 * out from the points of the window.
 *
 * <p>STEP: E begins as the first known value of the window, the carried-in one where there is one, and each stretch dt
 * with a value v makes it {@code v + (E - v) w(dt)}, where w(dt) is what the decay leaves after dt. While the value is
 * unknown E stays. Within 17 ulp of the largest magnitude in the window.
 *
 * <p>FLOW: {@code c sum v_i w(t - t_i)}, where c is {@code ln 2} over the half-life, or 1 over the time constant, in
 * days: the rate itself of a FLOW of an even rate since long ago. Without an event inside its life it is 0. Within 17
 * ulp of what it is of the magnitudes of the values, where that is above 1e-280.
 *
 * @param decay how fast what was fades.
 */
public record Ewma(Decay decay) implements Metric {
    /**
     * Checks that there is one.
     *
     * @param decay how fast what was fades.
     */
    public Ewma {
        Objects.requireNonNull(decay, "decay");
    }

    @Override
    public String text() {
        return "ewma:" + decay.text();
    }
}
