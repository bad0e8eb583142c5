package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.core.file.SystemFileAccess;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileBackingTest {
    @Test
    void shouldSayThatTheSystemHasRefusedToForceAMap() {
        final Backing backing = new FileBacking(new SystemFileAccess(), new ChainFiles(Path.of("shard"), "series"));

        final UncheckedIOException refusal = assertThrows(UncheckedIOException.class, () -> backing.force(0));

        assertEquals("file=shard/series-0.map: could not be forced; check the disk", refusal.getMessage());
        assertInstanceOf(NoSuchFileException.class, refusal.getCause());
    }
}
