package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.tollgate.core.store.block.StoreHeader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An untrusted directory with special files, or files longer than any memory. The engine refuses or reports them, soon.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFileTest {
    /** More than an array can hold. */
    private static final long LENGTH = 1L << 31;

    private static final long HOLE_LENGTH = 1L << 43;

    private static final int MAP_LENGTH_OFFSET = 48;

    private static final String[] READ_AS_A_WHOLE = {
        "manifest", "counters", "store/header", "store/seal", "store/subscriptions", "log/log-0000000000000fff.seg"
    };

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void make() {
        directory = temporary.resolve("data");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory)) {
            assertTrue(engine.now() > 0);
        }
    }

    private EngineContext context() {
        return TestContext.of(ClockMode.EVENT).directory(directory);
    }

    @Test
    void shouldNotReadIntoMemoryWhatIsLongerThanItsKind() throws IOException {
        for (final String name : READ_AS_A_WHOLE) {
            final Path file = directory.resolve(name);
            final byte[] whole = Files.exists(file) ? Files.readAllBytes(file) : null;
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(LENGTH);
            }
            askAll(name);
            if (whole == null) {
                Files.deleteIfExists(file);
            } else {
                Files.write(file, whole);
            }
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), "restored");
    }

    /** The seal includes a file with a hole of terabytes. The check must not read all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"header", "names-0.numbers", "names-0.map"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotGoThroughAFileThatIsLongerThanAnyOfItsKind(final String name) throws IOException {
        final Path store = new DirectoryFiles(directory).store();
        try (RandomAccessFile sparse = new RandomAccessFile(store.resolve(name).toFile(), "rw")) {
            sparse.setLength(HOLE_LENGTH);
            if (name.equals("header")) {
                // The file of a later version is checked differently.
                sparse.seek(StoreHeader.VERSION_OFFSET);
                sparse.writeInt(Integer.reverseBytes(StoreHeader.VERSION + 1));
            }
        }
        new DirectoryFiles(directory).reseal();
        askAll(name);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        InPlaceRecovery.recover(context());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    /** A second process uses the lengths in the table of a map. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 40, 1L << 61, -1})
    void shouldNotMapMoreThanAMapHas(final long mapLength) throws IOException {
        final Path store = new DirectoryFiles(directory).store();
        try (RandomAccessFile table =
                new RandomAccessFile(store.resolve("names-0.numbers").toFile(), "rw")) {
            table.seek(MAP_LENGTH_OFFSET);
            table.writeLong(Long.reverseBytes(mapLength));
        }
        if (mapLength > 0 && mapLength < 1L << 42) {
            try (RandomAccessFile map =
                    new RandomAccessFile(store.resolve("names-0.map").toFile(), "rw")) {
                map.setLength(mapLength);
            }
        }
        new DirectoryFiles(directory).reseal();
        askAll("mapLength=" + mapLength);
        assertThrows(
                IllegalStateException.class, () -> DirectoryView.open(directory).close());
    }

    /** Makes every call that reads a directory. Each one answers or refuses the file by name. */
    private void askAll(final String name) {
        for (final Runnable asking : List.<Runnable>of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryInspection.of(directory).counters(),
                () -> DirectoryView.open(directory).close())) {
            try {
                asking.run();
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains(directory.toString()), () -> name + ' ' + e);
            }
        }
    }

    /** Requires that each of these calls refuses. */
    private void requireRefused(final String message) {
        for (final Runnable asking : List.<Runnable>of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryInspection.of(directory),
                () -> DirectoryView.open(directory).close(),
                () -> InPlaceRecovery.recover(context()),
                () -> TollgateEngine.launch(context()).close())) {
            assertEquals(
                    message,
                    assertThrows(IllegalStateException.class, asking::run).getMessage());
        }
    }

    @Test
    void shouldNotWaitForAPipe() throws Exception {
        final List<String> files = new DamagedDirectory(directory).files();
        for (final String name : List.of("manifest", "store/names-0.map", "engine.lock", files.get(0))) {
            final Path file = directory.resolve(name);
            final byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            requireRefused("file=" + file
                    + ": found neither a file nor a directory, expected a file or a directory; remove it");
            Files.delete(file);
            Files.write(file, whole);
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), "restored");
    }

    /** A recovery deletes files one after the other, so it must check all of them first. */
    @Test
    void shouldRefuseADirectoryInThePlaceOfAFileBeforeAnythingIsChanged() throws IOException {
        final List<String> names = new ArrayList<>(new DamagedDirectory(directory).files());
        names.addAll(List.of("store/seal.new", "manifest.new"));
        for (final String name : names) {
            final Path file = directory.resolve(name);
            final byte[] whole = Files.exists(file) ? Files.readAllBytes(file) : null;
            Files.deleteIfExists(file);
            Files.createDirectory(file);
            final List<String> before = listing();
            requireRefused("file=" + file + ": found a directory, expected a file; remove it");
            assertEquals(before, listing(), name);
            Files.delete(file);
            if (whole != null) {
                Files.write(file, whole);
            }
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), "restored");
    }

    @Test
    void shouldRefuseAFileInThePlaceOfADirectoryBeforeAnythingIsChanged() throws IOException {
        for (final String name : List.of("store", "log", "checkpoint-1", "checkpoint-1.new")) {
            final Path place = directory.resolve(name);
            final Path kept = temporary.resolve("kept");
            if (Files.exists(place)) {
                Files.move(place, kept);
            }
            final Path ours = Files.writeString(temporary.resolve("ours"), "no directory");
            Files.copy(ours, place);
            requireNamed(place);
            Files.delete(place);
            Files.createSymbolicLink(place, ours);
            requireNamed(place);
            Files.delete(place);
            if (Files.exists(kept)) {
                Files.move(kept, place);
            }
            Files.delete(ours);
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), "restored");
    }

    private void requireNamed(final Path place) throws IOException {
        final List<String> before = listing();
        for (final Runnable asking : List.<Runnable>of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryInspection.of(directory),
                () -> DirectoryView.open(directory).close(),
                () -> DirectoryBackup.make(context(), temporary.resolve("copy")),
                () -> InPlaceRecovery.recover(context()),
                () -> TollgateEngine.launch(context()).close())) {
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, asking::run, place.toString());
            assertEquals("file=" + place + ": found a file, expected a directory; remove it", refusal.getMessage());
        }
        assertEquals(before, listing(), place.toString());
    }

    /** The files belong to other programs. */
    @Test
    void shouldLeaveFilesAloneThatHaveNoNameOfTheirs() throws IOException {
        for (final String name : List.of("store.txt", "log/log.txt", "damaged-0", "log/lost+found")) {
            Files.writeString(directory.resolve(name), "no directory");
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        TollgateEngine.launch(context()).close();
    }

    /** A separate disk has such a directory, and users may keep notes. */
    @Test
    void shouldLeaveDirectoriesAloneThatAreNotTheirs() throws IOException {
        for (final String name : List.of("lost+found", "notes/header", "log/lost+found", "damaged-0")) {
            Files.createDirectories(directory.resolve(name));
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        TollgateEngine.launch(context()).close();
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted()
                    .map(file -> file + " " + file.toFile().length() + " "
                            + file.toFile().lastModified())
                    .toList();
        }
    }
}
