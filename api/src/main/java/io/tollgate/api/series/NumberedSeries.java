package io.tollgate.api.series;

import java.util.Objects;

/** A handle to a series of either kind: its number in its engine, and how it was defined. Immutable. */
abstract class NumberedSeries {
    private final long number;
    private final SeriesDefinition definition;
    private final long identity;

    NumberedSeries(final long number, final SeriesDefinition definition, final SeriesKind kind) {
        Objects.requireNonNull(definition, "definition");
        definition.require(kind);
        this.number = number;
        this.definition = definition;
        identity = definition.identity();
    }

    /** {@return the number of the series} */
    public final long number() {
        return number;
    }

    /** {@return how the series was defined} */
    public final SeriesDefinition definition() {
        return definition;
    }

    /** {@return what its values are} */
    public final long identity() {
        return identity;
    }

    @Override
    public final boolean equals(final Object other) {
        return other instanceof final NumberedSeries that
                && getClass() == that.getClass()
                && number == that.number
                && identity == that.identity;
    }

    @Override
    public final int hashCode() {
        return 31 * Long.hashCode(number) + Long.hashCode(identity);
    }

    /** {@return the key, the number, and how it was defined} */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + number + ": " + definition + "]";
    }
}
