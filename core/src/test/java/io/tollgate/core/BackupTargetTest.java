package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No copy of a directory is made in that: what lies there is taken for its own, for a checkpoint, say. */
class BackupTargetTest {
    @TempDir
    private Path temporary;

    private Path data;

    @BeforeEach
    void link() throws IOException {
        data = temporary.resolve("data");
        Files.createSymbolicLink(temporary.resolve("link"), data);
    }

    private static EngineContext context(final Path directory) {
        return Lanes.context(1).directory(directory).stepped(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/shard-0/checkpoint", "data/deeper/backup", "link", "link/shard-0/checkpoint"})
    void shouldBeOutsideOfItsSource(final String name) throws IOException {
        final Path target = temporary.resolve(name);
        try (Engine engine = TollgateEngine.launch(context(data))) {
            new Lanes(engine, 1).feed(0, 0, 100);
            requireRefused(target, () -> engine.backup(target));
            engine.checkpoint();
        }
        requireRefused(target, () -> DirectoryBackup.make(context(data), target));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertFalse(Files.exists(data.resolve("deeper")));
    }

    private void requireRefused(final Path target, final Executable backup) throws IOException {
        final String refusal =
                assertThrows(IllegalArgumentException.class, backup).getMessage();
        final String expected = "directory=" + data.toRealPath() + " target=" + target + ", expected one outside";
        assertTrue(refusal.startsWith(expected), refusal);
    }

    /** One whose name begins like that of the source lies beside it, and so does what leads out of it again. */
    @Test
    void shouldBeBesideIt() {
        try (Engine engine = TollgateEngine.launch(context(data))) {
            for (final String name : new String[] {"data.backup", "data/../backup"}) {
                final Path target = temporary.resolve(name);
                assertEquals(target, engine.backup(target).directory());
                assertEquals(
                        DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
            }
        }
    }
}
