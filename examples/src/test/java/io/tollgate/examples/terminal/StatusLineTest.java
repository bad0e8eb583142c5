package io.tollgate.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusLineTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, true",
        "/dev/tty1, true",
        "/dev/console, true",
        "/tmp/metrics.csv, false",
        "pipe:[4711], false",
        "/dev/null, false"
    })
    void shouldDistinguishATerminalFromAFile(final String target, final boolean isTerminal) throws IOException {
        assertEquals(isTerminal, StatusLine.isTerminal(linkTo(Path.of(target))));
    }

    /** The reader of a pipe, for example a pager, may write to the same terminal, so no status line is shown. */
    @ParameterizedTest
    @CsvSource({"/dev/pts/3", "/dev/tty1", "/dev/console", "pipe:[4711]", "socket:[4711]", "/dev/zero"})
    void shouldNotTakeOutputThatMayBeShownForAFile(final String target) throws IOException {
        assertFalse(StatusLine.isFile(linkTo(Path.of(target))));
    }

    @Test
    void shouldTakeAFileAndTheNullDeviceForPlacesThatShowNothing() throws IOException {
        assertTrue(StatusLine.isFile(linkTo(Files.createFile(directory.resolve("metrics.csv")))));
        assertTrue(StatusLine.isFile(linkTo(Path.of("/dev/null"))));
    }

    /** A system without such links does not report it. */
    @Test
    void shouldNotTakeWhatIsNotKnownForAFile() {
        assertFalse(StatusLine.isFile(directory.resolve("1")));
    }

    private Path linkTo(final Path target) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        final Path descriptor = directory.resolve("1");
        Files.deleteIfExists(descriptor);
        return Files.createSymbolicLink(descriptor, target);
    }
}
