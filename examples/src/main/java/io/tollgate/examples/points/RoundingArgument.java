package io.tollgate.examples.points;

import java.math.RoundingMode;

/** The rounding of digits beyond the scale, as an option value. */
public enum RoundingArgument {
    /** Refuses the line. */
    UNNECESSARY(RoundingMode.UNNECESSARY),
    /** Rounds to the nearest, and a tie to the even digit. */
    HALF_EVEN(RoundingMode.HALF_EVEN);

    private final RoundingMode mode;

    RoundingArgument(final RoundingMode mode) {
        this.mode = mode;
    }

    /**
     * Returns the rounding mode.
     *
     * @return the mode.
     */
    public RoundingMode mode() {
        return mode;
    }
}
