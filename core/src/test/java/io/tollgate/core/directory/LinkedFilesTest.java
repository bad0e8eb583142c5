package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Links in an untrusted data directory. The engine writes to and deletes no file outside the directory. A link to the
 * store is permitted if its target is a disk used for nothing else.
 */
class LinkedFilesTest {
    private static final String OURS = "what we need, and more than the eight bytes of a magic";

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = temporary.toRealPath().resolve("data");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory)) {
            assertTrue(engine.now() > 0);
        }
    }

    private EngineContext context() {
        return TestContext.of(ClockMode.EVENT).directory(directory);
    }

    /** All operations on a directory by its path. */
    private List<Runnable> uses() {
        return List.of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryInspection.of(directory),
                () -> DirectoryView.open(directory).close(),
                () -> DirectoryBackup.make(context(), temporary.resolve("copy")),
                () -> InPlaceRecovery.recover(context()),
                () -> TollgateEngine.launch(context()).close());
    }

    private void requireRefused(final String expected) {
        for (final Runnable use : uses()) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, use::run, expected);
            assertEquals(expected, refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotFollowALinkInThePlaceOfAFile(final boolean isClosed) throws IOException {
        if (!isClosed) {
            new DirectoryFiles(directory).markNotClosed();
        }
        final List<String> names = new DamagedDirectory(directory).files();
        assertTrue(names.contains("store/header") && names.contains("manifest"), names::toString);
        for (final String name : names) {
            final Path file = directory.resolve(name);
            final Path kept = Files.move(file, temporary.resolve("kept"));
            final Path ours = Files.writeString(temporary.resolve("ours"), OURS);
            for (final Path target : List.of(ours, kept, temporary.resolve("nowhere"))) {
                Files.createSymbolicLink(file, target);
                requireRefused("file=" + file + ": found a symbolic link, expected a file of its own; remove it");
                Files.delete(file);
            }
            assertEquals(OURS, Files.readString(ours), name);
            Files.move(kept, file);
        }
        TollgateEngine.launch(context()).close();
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), "restored");
    }

    /** The store or the log is on a disk of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"store", "log"})
    void shouldTakeAStoreOrLogOnADiskOfItsOwn(final String name) throws IOException {
        final Map<String, List<String>> answers = DamagedDirectory.answers(directory);
        final Path disk = linkToDisk(name);
        Files.createDirectory(disk.resolve("lost+found"));
        assertEquals(answers, DamagedDirectory.answers(directory));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        new DirectoryFiles(directory).markNotClosed();
        final Path recovered = temporary.resolve("recovered");
        assertFalse(DirectoryRecovery.recover(context(), recovered).isPromiseBroken());
        assertEquals(answers, DamagedDirectory.answers(recovered));
        try (Engine engine = TollgateEngine.launch(context())) {
            engine.admin().checkpoint();
            engine.admin().backup(temporary.resolve("copy"));
        }
        assertEquals(answers, DamagedDirectory.answers(temporary.resolve("copy")));
        assertTrue(Files.isSymbolicLink(directory.resolve(name)));
    }

    private Path linkToDisk(final String name) throws IOException {
        final Path disk =
                Files.move(directory.resolve(name), temporary.toRealPath().resolve("disk"));
        Files.createSymbolicLink(directory.resolve(name), disk);
        return disk;
    }

    /** A rebuild deletes only the files of the store. */
    @Test
    void shouldDeleteNoFilesButItsOwn() throws IOException {
        final DirectoryFiles files = new DirectoryFiles(directory);
        files.markNotClosed();
        final List<Path> ours = Stream.of("bundle.js.map", "some.numbers", "series-a.map")
                .map(files.store()::resolve)
                .toList();
        for (final Path file : ours) {
            Files.writeString(file, OURS);
        }
        TollgateEngine.launch(context()).close();
        for (final Path file : ours) {
            assertEquals(OURS, Files.readString(file));
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    private static Map<Path, Integer> contents(final Path directory) throws IOException {
        final Map<Path, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
