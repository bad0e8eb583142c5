package io.tollgate.api.series;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a handle of either kind. An offer reads the number and the origin, which share one cache line. */
abstract sealed class NumberedSeries implements Series permits StepSeries, FlowSeries {
    private final long number;
    private final long identity;
    private final String key;
    private final SeriesTerms terms;
    private final @Nullable SeriesOrigin origin;

    NumberedSeries(final long number, final String key, final SeriesTerms terms, final @Nullable SeriesOrigin origin) {
        this.number = number;
        this.key = key;
        this.terms = terms;
        this.origin = origin;
        identity = terms.identityOf(key);
    }

    @Nullable
    SeriesOrigin origin() {
        return origin;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final SeriesDefinition definition() {
        return new SeriesDefinition(key, terms);
    }

    @Override
    public final long identity() {
        return identity;
    }

    @Override
    public final String key() {
        return key;
    }

    @Override
    public final Unit unit() {
        return terms.unit();
    }

    @Override
    public final int scale() {
        return terms.scale();
    }

    @Override
    public final long scaled(final String text) {
        Objects.requireNonNull(text, "text");
        try {
            return Decimals.parse(text, terms.scale(), RoundingMode.UNNECESSARY);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    @Override
    public final long scaled(final BigDecimal value, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(value, "value");
        try {
            return Decimals.scaled(value, terms.scale(), rounding);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    @Override
    public final long scaled(final double value, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        try {
            return Decimals.scaled(value, terms.scale(), rounding);
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private IllegalArgumentException refused(final IllegalArgumentException cause) {
        return new IllegalArgumentException("series=" + key + ": " + cause.getMessage(), cause);
    }

    @Override
    public final boolean equals(final Object other) {
        return other instanceof final NumberedSeries that && number == that.number && identity == that.identity;
    }

    @Override
    public final int hashCode() {
        return 31 * Long.hashCode(number) + Long.hashCode(identity);
    }

    /** {@return the number and the definition} */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + '[' + number + ": " + definition() + ']';
    }
}
