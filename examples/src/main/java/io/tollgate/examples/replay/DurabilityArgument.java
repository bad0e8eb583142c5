package io.tollgate.examples.replay;

import io.tollgate.api.admin.Durability;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code INTERVAL:10}. */
final class DurabilityArgument implements ITypeConverter<Durability> {
    @Override
    public Durability convert(final String text) {
        try {
            return Durability.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
