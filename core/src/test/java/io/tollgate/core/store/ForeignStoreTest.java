package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store of a shard, read through its files. */
class ForeignStoreTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @BeforeEach
    void make() {
        ShardStore.persisted(new SystemFileAccess(), directory, ShardPlace.SINGLE, 1_024)
                .close();
    }

    /** A table that is a directory can be opened, and not be read. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"names-0", "series-0", "small-0", "medium-0", "medium-1"})
    void shouldLeaveNoFileOpenWhereOneCannotBeRead(final String name) throws IOException {
        final Path table = directory.resolve(name + ".numbers");
        Files.deleteIfExists(table);
        Files.createDirectory(table);
        if (Files.notExists(directory.resolve(name + ".map"))) {
            Files.createFile(directory.resolve(name + ".map"));
        }
        final long before = openCount();
        assertThrows(UncheckedIOException.class, () -> new ForeignStore(directory));
        assertEquals(before, openCount());
    }

    private long openCount() throws IOException {
        final Path real = directory.toRealPath();
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN_FILES)) {
            for (final Path descriptor : descriptors) {
                try {
                    count += Files.readSymbolicLink(descriptor).startsWith(real) ? 1 : 0;
                } catch (final NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return count;
    }
}
