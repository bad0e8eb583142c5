package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Below the working directory, and so on a disk, of which the system tells what it has written: for tests that ask it.
 * What is tagged, as it forces thousands of times, has its files where all others have theirs.
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
