package io.tollgate.examples.replay;

import io.tollgate.api.Instants;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant in nanoseconds since the epoch: a date-time with an offset, or the number itself. */
final class InstantArgument implements ITypeConverter<Long> {
    @Override
    public Long convert(final String text) {
        try {
            return Instants.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
