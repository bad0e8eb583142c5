package io.tollgate.examples.report.paint;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A linear vertical axis: a range that includes 0, with ticks at round values. Immutable. */
final class ValueAxis implements VerticalAxis {
    private static final double PIXELS_PER_TICK = 46;
    /** Share of the range kept free above the largest value, for its label. */
    private static final double HEADROOM = 0.07;

    private static final String[] ROUND_STEPS = {"1", "2", "2.5", "5", "10"};

    private final double low;
    private final double high;
    private final BigDecimal step;
    private final List<BigDecimal> ticks = new ArrayList<>();

    /**
     * Creates an axis for values from {@code least} to {@code greatest}.
     *
     * @param heightInPixels available for ticks.
     */
    ValueAxis(final double least, final double greatest, final double heightInPixels) {
        final double from = Math.min(0, least);
        final double to = from == 0 && greatest <= 0 ? 1 : Math.max(0, greatest);
        final double range = to - from;
        step = roundStep(range / Math.max(2, Math.floor(heightInPixels / PIXELS_PER_TICK)));
        BigDecimal tick = multiple(from, RoundingMode.FLOOR);
        final BigDecimal last = multiple(to, RoundingMode.CEILING);
        low = tick.doubleValue();
        high = Math.max(last.doubleValue(), to + HEADROOM * range);
        while (tick.compareTo(last) <= 0) {
            ticks.add(tick);
            tick = tick.add(step);
        }
    }

    @Override
    public List<BigDecimal> ticks() {
        return ticks;
    }

    /** Returns the number of decimals of the ticks. */
    int decimals() {
        return Math.max(0, step.stripTrailingZeros().scale());
    }

    @Override
    public String label(final BigDecimal tick) {
        return Numbers.grouped(
                tick.setScale(decimals(), RoundingMode.UNNECESSARY).toPlainString());
    }

    @Override
    public double y(final double value, final double top, final double bottom) {
        return bottom - (value - low) / (high - low) * (bottom - top);
    }

    private BigDecimal multiple(final double value, final RoundingMode rounding) {
        return BigDecimal.valueOf(value).divide(step, 0, rounding).multiply(step);
    }

    private static BigDecimal roundStep(final double atLeast) {
        final BigDecimal wanted = new BigDecimal(atLeast, MathContext.DECIMAL64);
        final int exponent = wanted.precision() - wanted.scale() - 1;
        for (final String round : ROUND_STEPS) {
            final BigDecimal candidate = new BigDecimal(round).scaleByPowerOfTen(exponent);
            if (candidate.compareTo(wanted) >= 0) {
                return candidate;
            }
        }
        throw new AssertionError("10 x 10^" + exponent + " is above " + wanted);
    }
}
