package io.tollgate.examples.points;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the name of a file or directory. An empty name, for example from an unset shell variable, is refused: it
 * would mean the working directory.
 */
public final class PathArgument implements ITypeConverter<Path> {
    /** Called by picocli. */
    public PathArgument() {}

    @Override
    public Path convert(final String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("the name is empty, expected the name of a file or directory");
        }
        return Path.of(text);
    }
}
