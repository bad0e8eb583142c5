package io.tollgate.examples.report.paint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A logarithmic vertical axis of whole decades, a tick at each power of ten. Immutable. */
final class DecadeAxis implements VerticalAxis {
    private final int lowest;
    private final int highest;
    private final List<BigDecimal> ticks = new ArrayList<>();

    /**
     * Creates an axis for values from {@code least} to {@code greatest}, both above 0.
     *
     * @throws IllegalArgumentException if a bound is not above 0.
     */
    DecadeAxis(final double least, final double greatest) {
        if (!(least > 0) || !(greatest >= least) || Double.isInfinite(greatest)) {
            throw new IllegalArgumentException(
                    "least=" + least + ", greatest=" + greatest + ", expected finite values above 0 in order");
        }
        lowest = (int) Math.floor(Math.log10(least));
        highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(greatest)));
        for (int exponent = lowest; exponent <= highest; exponent++) {
            ticks.add(BigDecimal.ONE.scaleByPowerOfTen(exponent));
        }
    }

    @Override
    public List<BigDecimal> ticks() {
        return ticks;
    }

    @Override
    public String label(final BigDecimal tick) {
        return tick.toPlainString();
    }

    @Override
    public double y(final double value, final double top, final double bottom) {
        return bottom - (Math.log10(value) - lowest) / (highest - lowest) * (bottom - top);
    }
}
