package io.tollgate.api.read;

import java.math.BigDecimal;

/**
 * The share above a level, 0 to 1: of the known time of a STEP, or of the events of a FLOW. A read visits every point
 * of the window.
 *
 * @param level level in the unit of the series, without trailing zeros; only values strictly above it count.
 */
public record ShareAbove(BigDecimal level) implements Metric {
    /**
     * Removes trailing zeros, so that equal levels give equal metrics.
     *
     * @param level level in the unit of the series.
     * @throws IllegalArgumentException if the level is 10^40 or more, or has more than 40 decimal places.
     */
    public ShareAbove {
        level = DecimalParameter.of("level", level);
    }

    @Override
    public String text() {
        return "above:" + level.toPlainString();
    }
}
