package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A handle to a defined series. Immutable and usable by any thread. A handle stays valid when its engine is closed and
 * opened again. Two handles are equal if {@link #number()} and {@link #identity()} are equal, even if their definitions
 * show different windows. Another engine refuses the handle, unless it has a series with the same number and identity.
 */
public sealed interface Series permits NumberedSeries {
    /** A number that no series has. */
    long NO_NUMBER = Long.MIN_VALUE;

    /**
     * {@return the number of the series, 0 or more: unique in its engine and permanent, assigned in the order of
     * definition}
     */
    long number();

    /**
     * Returns the definition, with the windows registered when this handle was created, by definition or by pattern.
     * {@link SeriesCatalog#find(String)} returns a handle with the current windows.
     *
     * @return the definition.
     */
    SeriesDefinition definition();

    /** {@return the identity of key, kind, unit and scale, never 0; see {@link SeriesDefinition#identity()}} */
    long identity();

    /** {@return the key of the series} */
    String key();

    /** {@return the unit of the values} */
    Unit unit();

    /** {@return the number of digits after the decimal point, 0 to 9} */
    int scale();

    /**
     * Converts decimal text to a scaled value of this series.
     *
     * @param text a decimal number such as {@code 4.4}.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the scale cannot represent the number exactly; the message names series,
     *                                  value and scale.
     */
    long scaled(String text);

    /**
     * Converts a decimal to a scaled value of this series.
     *
     * @param value    the number.
     * @param rounding treatment of digits beyond the scale; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the number does not fit; the message names series, value and scale.
     */
    long scaled(BigDecimal value, RoundingMode rounding);

    /**
     * Converts a double to a scaled value of this series.
     *
     * @param value    the number; its shortest decimal form counts, so {@code 4.4} is exactly 4.4.
     * @param rounding treatment of digits beyond the scale; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the number is NaN, infinite or does not fit; the message names series, value
     *                                  and scale.
     */
    long scaled(double value, RoundingMode rounding);
}
