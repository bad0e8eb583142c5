package io.tollgate.api.read;

import java.math.BigDecimal;

/**
 * The share below a level, 0 to 1: of a STEP, of the known time of the window; of a FLOW, of its events.
 * Worked out from the points of the window.
 *
 * @param level strictly below it counts; in the unit of the series, without trailing zeros.
 */
public record ShareBelow(BigDecimal level) implements Metric {
    /**
     * Takes trailing zeros away, so that equal levels make equal metrics.
     *
     * @param level strictly below it counts; in the unit of the series.
     * @throws IllegalArgumentException if the level is 10^40 or more, or has more than 40 decimal places.
     */
    public ShareBelow {
        level = DecimalParameter.of("level", level);
    }

    @Override
    public String text() {
        return "below:" + level.toPlainString();
    }
}
