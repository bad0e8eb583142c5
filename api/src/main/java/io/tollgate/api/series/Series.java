package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * A handle to a defined series of an engine. Immutable; any thread may use it with the engine that gave it out, also
 * when that is opened again. Two handles of one series are equal, whatever windows their definitions show: they have
 * the same {@link #number()} and {@link #identity()}. Another engine refuses a handle, unless it has a series with
 * these two.
 */
public sealed interface Series permits StepSeries, FlowSeries {
    /** The number of no series. */
    long NO_NUMBER = Long.MIN_VALUE;

    /**
     * The number of the series: unique in its engine, for good. They are 0, 1, 2, ... in the
     * order of the definitions.
     *
     * @return 0 or more.
     */
    long number();

    /**
     * How the series was defined, with the windows that were registered when this handle was given out: those of its
     * definitions and those by pattern. {@link SeriesCatalog#find(String)} gives a handle that shows today's.
     *
     * @return the definition.
     */
    SeriesDefinition definition();

    /**
     * What its values are, see {@link SeriesDefinition#identity()}.
     *
     * @return any number but 0.
     */
    long identity();

    /**
     * The key of the series.
     *
     * @return its key.
     */
    default String key() {
        return definition().key();
    }

    /**
     * A decimal text as the scaled value of this series.
     *
     * @param text a decimal number, as {@code 4.4}.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException with series, value and scale if it does not fit exactly.
     */
    default long scaled(final String text) {
        Objects.requireNonNull(text, "text");
        try {
            return Decimals.parse(text, definition().scale(), RoundingMode.UNNECESSARY);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /**
     * A decimal as the scaled value of this series.
     *
     * @param value    the number.
     * @param rounding what to do with digits beyond the scale; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException with series, value and scale if it does not fit.
     */
    default long scaled(final BigDecimal value, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(value, "value");
        try {
            return Decimals.scaled(value, definition().scale(), rounding);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /**
     * A double as the scaled value of this series.
     *
     * @param value    the number; its shortest decimal form is taken ({@code 4.4} is 4.4).
     * @param rounding what to do with digits beyond the scale; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException with series, value and scale if it is NaN, infinite or does not fit.
     */
    default long scaled(final double value, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        try {
            return Decimals.scaled(value, definition().scale(), rounding);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private IllegalArgumentException refused(final IllegalArgumentException cause) {
        return new IllegalArgumentException("series=" + key() + ": " + cause.getMessage(), cause);
    }
}
