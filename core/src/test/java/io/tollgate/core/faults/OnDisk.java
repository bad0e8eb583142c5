package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Below the working directory, and so on a disk, of which the system tells what it has written: for tests that ask it.
 * Tagged tests force thousands of times and keep their files where the other tests do.
 */
public final class OnDisk implements TempDirFactory {
    @Override
    public Path createTempDirectory(final AnnotatedElementContext element, final ExtensionContext test)
            throws IOException {
        return test.getTags().isEmpty()
                ? Files.createTempDirectory(
                        Files.createDirectories(Path.of("target")).toRealPath(), "junit-")
                : Files.createTempDirectory("junit-");
    }
}
