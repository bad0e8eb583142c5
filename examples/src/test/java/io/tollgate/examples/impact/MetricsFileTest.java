package io.tollgate.examples.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatItHasNoSpaceLeft() throws IOException {
        final Path full = Files.createSymbolicLink(directory.resolve("metrics.csv"), Path.of("/dev/full"));
        final IOException e = assertThrows(IOException.class, () -> MetricsFile.write(full, List.of()));
        assertEquals(full + ": No space left on device", e.getMessage());
        Files.delete(full);
    }
}
