package io.tollgate.examples.points;

import java.math.RoundingMode;

/** What to do with digits beyond the scale, as it can be asked for on the command line. */
public enum RoundingArgument {
    /** Refuse the line. */
    UNNECESSARY(RoundingMode.UNNECESSARY),
    /** To the nearest, a tie to the even digit. */
    HALF_EVEN(RoundingMode.HALF_EVEN);

    private final RoundingMode mode;

    RoundingArgument(final RoundingMode mode) {
        this.mode = mode;
    }

    /**
     * The mode that is meant.
     *
     * @return the mode.
     */
    public RoundingMode mode() {
        return mode;
    }
}
