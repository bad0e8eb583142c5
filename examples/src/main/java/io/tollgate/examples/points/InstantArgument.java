package io.tollgate.examples.points;

import io.tollgate.api.Instants;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant in nanoseconds since the epoch: a date-time with an offset, or the number itself. */
public final class InstantArgument implements ITypeConverter<Long> {
    /** Made by picocli. */
    public InstantArgument() {}

    @Override
    public Long convert(final String text) {
        try {
            return Instants.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
