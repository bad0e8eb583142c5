package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

        final UncheckedIOException refusal =
                assertThrows(UncheckedIOException.class, () -> backing.force(NOT_MAPPED, 4_096));

        assertEquals(
                "directory=shard chain=series: its maps could not be forced; check the disk", refusal.getMessage());
        assertTrue(refusal.getCause().getMessage().startsWith("msync errno="), refusal::toString);
    }
}
