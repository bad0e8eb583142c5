package io.tollgate.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProbeTest {
    @TempDir
    private Path temporary;

    private static List<Boolean> looks(final Path path) {
        return List.of(FileProbe.isThere(path), FileProbe.isDirectory(path), FileProbe.isRegularFile(path));
    }

    @Test
    void shouldReportWhatIsThere() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), file);
        assertEquals(List.of(true, false, true), looks(file));
        assertEquals(List.of(true, false, true), looks(link));
        assertEquals(List.of(true, true, false), looks(temporary));
    }

    @Test
    void shouldDistinguishALinkFromItsTarget() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));
        final Path none = temporary.resolve("none");
        for (final Path path : List.of(file, temporary, none, file.resolve("below"))) {
            assertFalse(FileProbe.isLink(path), path::toString);
        }
        final Path loop = temporary.resolve("loop");
        for (final Path target : List.of(file, temporary, none, loop)) {
            Files.createSymbolicLink(loop, target);
            assertTrue(FileProbe.isLink(loop), target::toString);
            Files.delete(loop);
        }
        Files.createSymbolicLink(loop, loop);
        assertThrows(UncheckedIOException.class, () -> FileProbe.isLink(loop.resolve("below")));
    }

    @Test
    void shouldReportThatThereIsNothing() throws IOException {
        final Path none = temporary.resolve("none");
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), none);
        final Path file = Files.createFile(temporary.resolve("file"));
        for (final Path path : List.of(
                none, none.resolve("below"), link, file.resolve("below"), file.resolve("far/below"), Path.of("none"))) {
            assertEquals(List.of(false, false, false), looks(path), path::toString);
        }
    }

    /** A link to itself exists, but its target cannot be examined. */
    @Test
    void shouldThrowIfTheStateOfAFileIsUnknown() throws IOException {
        final Path loop = temporary.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        for (final Path path : List.of(loop, loop.resolve("below"))) {
            for (final Predicate<Path> look :
                    List.<Predicate<Path>>of(FileProbe::isThere, FileProbe::isDirectory, FileProbe::isRegularFile)) {
                final String message = assertThrows(UncheckedIOException.class, () -> look.test(path))
                        .getMessage();
                assertTrue(message.startsWith("file=" + path + ": cannot be accessed"), message);
            }
        }
    }
}
