package io.tollgate.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusLineTest {
    @TempDir
    private Path directory;

    /** Results in a redirected file leave the terminal to the progress; results on the terminal do not. */
    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, true",
        "/dev/tty1, true",
        "/dev/console, true",
        "/tmp/metrics.csv, false",
        "pipe:[4711], false",
        "/dev/null, false"
    })
    void shouldTellATerminalFromAFile(final String target, final boolean isTerminal) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        final Path descriptor = Files.createSymbolicLink(directory.resolve("1"), Path.of(target));
        assertEquals(isTerminal, StatusLine.isTerminal(descriptor));
    }
}
