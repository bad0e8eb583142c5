package io.tollgate.examples.workload;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code W1} or {@code W1:250}. */
public final class WorkloadArgument implements ITypeConverter<Workload> {
    /** Called by picocli. */
    public WorkloadArgument() {}

    @Override
    public Workload convert(final String text) {
        try {
            return Workload.named(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
