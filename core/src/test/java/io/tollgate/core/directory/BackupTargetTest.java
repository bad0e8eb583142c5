package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.MountedProcess;
import io.tollgate.core.fixture.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy must not be inside its directory, because its files might be taken for a checkpoint, for example. */
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
        return Lanes.stepped(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/store", "data/deeper/backup", "link", "link/store"})
    void shouldBeOutsideOfItsSource(final String name) throws IOException {
        final Path target = temporary.resolve(name);
        try (Engine engine = TollgateEngine.launch(context(data))) {
            new Lanes(engine, 1).feed(0, 0, 100);
            requireRefused(target, () -> engine.admin().backup(target));
            engine.admin().checkpoint();
        }
        requireRefused(target, () -> DirectoryBackup.make(context(data), target));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertFalse(Files.exists(data.resolve("deeper")));
    }

    private void requireRefused(final Path target, final Executable backup) throws IOException {
        final String refusal =
                assertThrows(IllegalArgumentException.class, backup).getMessage();
        final String expected = "target=" + target + " lies in dataDirectory=" + data.toRealPath();
        assertTrue(refusal.startsWith(expected), refusal);
    }

    /**
     * A target is beside the source if its name only begins like the source, or if its path leads out of the source.
     */
    @Test
    void shouldBeBesideIt() {
        try (Engine engine = TollgateEngine.launch(context(data))) {
            for (final String name : new String[] {"data.backup", "data/../backup"}) {
                final Path target = temporary.resolve(name);
                assertEquals(target, engine.admin().backup(target).directory());
                assertEquals(
                        DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
            }
        }
    }

    /** The copy is made at the target of the link, which may be on another disk. */
    @Test
    void shouldBeAtTheTargetOfALink() throws IOException {
        final Path empty = Files.createDirectories(temporary.resolve("disk/empty"));
        final Path way = Files.createSymbolicLink(temporary.resolve("way"), empty);
        try (Engine engine = TollgateEngine.launch(context(data))) {
            new Lanes(engine, 1).feed(0, 0, 100);
            assertEquals(way, engine.admin().backup(way).directory());
        }
        assertTrue(Files.isSymbolicLink(way));
        for (final Path copy : List.of(way, empty)) {
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(copy).state());
        }
        assertEquals(Set.of("data", "link", "disk", "way"), names(temporary));
        assertEquals(Set.of("empty"), names(empty.getParent()));
    }

    /** The refusal comes before any file is copied. */
    @Test
    void shouldNotBeALinkThatLeadsNowhere() throws IOException {
        final Path nowhere = Files.createSymbolicLink(temporary.resolve("nowhere"), temporary.resolve("missing"));
        TollgateEngine.launch(context(data)).close();
        final String refusal = assertThrows(
                        IllegalArgumentException.class, () -> DirectoryBackup.make(context(data), nowhere))
                .getMessage();
        assertEquals(
                "target=" + nowhere + " is not empty, or not a directory; choose a missing or empty directory",
                refusal);
    }

    private static Set<String> names(final Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** A backup is written in place, so the target may be a mount point. */
    @ParameterizedTest
    @ValueSource(strings = {"mount -t tmpfs tmpfs \"$0\"", "mount --bind \"$0\" \"$0\""})
    void shouldBeAMountPoint(final String mount) throws Exception {
        TollgateEngine.launch(context(data)).close();
        new MountedProcess(temporary.resolve("mounted"), temporary.resolve("output"), "mkdir -p \"$0\" && " + mount)
                .run(BackupTargetTest.class);
    }

    /** Runs with a mount point beside the directory to copy. */
    public static void main(final String[] arguments) {
        final Path target = Path.of(arguments[0]);
        DirectoryBackup.make(context(target.resolveSibling("data")), target);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }
}
