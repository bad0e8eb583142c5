package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A directory below the working directory, and so on a disk, for tests that ask the system about written pages. Tagged
 * tests force thousands of times, so their files stay with those of other tests.
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
