package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileBackingTest {
    /** No process has anything mapped at the first page. */
    private static final long NOT_MAPPED = 0;

    @Test
    void shouldSayThatTheSystemHasRefusedToForceAMap() {
        final Backing backing = new FileBacking(new SystemFileAccess(), new ChainFiles(Path.of("shard"), "series"));

        final UncheckedIOException refusal =
                assertThrows(UncheckedIOException.class, () -> backing.force(0, NOT_MAPPED, 4_096));

        assertEquals("file=shard/series-0.map: could not be forced; check the disk", refusal.getMessage());
        assertTrue(refusal.getCause().getMessage().startsWith("msync errno="), refusal::toString);
    }
}
