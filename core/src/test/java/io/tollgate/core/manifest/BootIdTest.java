package io.tollgate.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIdTest {
    @TempDir
    private Path directory;

    @Test
    void shouldStayTheSameWhileTheMachineRuns() {
        assertFalse(BootId.current().isBlank());
        assertEquals(BootId.current(), BootId.current());
    }

    @Test
    void shouldSayUnknownWithoutAnySource() throws IOException {
        assertEquals(BootId.UNKNOWN, BootId.read(directory.resolve("missing")));
        assertEquals(BootId.UNKNOWN, BootId.read(Files.writeString(directory.resolve("blank"), " \n")));
        assertEquals("a-b", BootId.read(Files.writeString(directory.resolve("told"), "a-b\n")));
    }
}
