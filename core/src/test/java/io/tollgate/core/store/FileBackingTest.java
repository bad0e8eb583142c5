package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileBackingTest {
    /** No process has anything mapped at the first page. */
    private static final long NOT_MAPPED = 0;

    @Test
    void shouldSayThatTheSystemHasRefusedToForceAMap() {
        final Backing backing = new FileBacking(Path.of("shard"), "series");

        final String message = assertThrows(UncheckedIOException.class, () -> backing.force(NOT_MAPPED, 4_096))
                .getCause()
                .getMessage();

        assertTrue(message.startsWith("directory=shard chain=series: msync failed with errno="), message);
    }
}
