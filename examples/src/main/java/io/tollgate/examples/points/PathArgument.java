package io.tollgate.examples.points;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the name of a file or directory. None at all, as of a variable of the shell that is not set, would be the
 * working directory.
 */
public final class PathArgument implements ITypeConverter<Path> {
    /** Made by who reads a command line. */
    public PathArgument() {}

    @Override
    public Path convert(final String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("the name is empty, expected that of a file or directory");
        }
        return Path.of(text);
    }
}
