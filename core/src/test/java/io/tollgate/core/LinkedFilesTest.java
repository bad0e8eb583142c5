package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * Links in a data directory that somebody has given us: no file of ours outside of it is written to or deleted. A store
 * may lie behind one, on a disk of its own, where nothing else does.
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
        return new EngineContext().directory(directory).clockMode(ClockMode.EVENT);
    }

    /** All that can be done with a directory by its path. */
    private List<Runnable> uses() {
        return List.of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryInspection.of(directory),
                () -> DirectoryView.open(directory).close(),
                () -> DirectoryBackup.make(context(), temporary.resolve("copy")),
                () -> DirectoryRecovery.recover(context()),
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
            new ShardFiles(directory).removeCleanMark();
        }
        final List<String> names = new DamagedDirectory(directory).files();
        assertTrue(names.contains("shard-0/header") && names.contains("shard-0/checkpoint/clean"), names::toString);
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

    /** A disk for all but the directory itself, or one for the log alone. */
    @ParameterizedTest
    @ValueSource(strings = {"shard-0", "shard-0/log"})
    void shouldTakeWhatLiesOnADiskOfItsOwn(final String name) throws IOException {
        final Map<String, List<String>> answers = DamagedDirectory.answers(directory);
        final Path disk = linkToDisk(name);
        Files.createDirectory(disk.resolve("lost+found"));
        assertEquals(answers, DamagedDirectory.answers(directory));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        new ShardFiles(directory).removeCleanMark();
        assertFalse(DirectoryRecovery.recover(context()).isPromiseBroken());
        assertEquals(answers, DamagedDirectory.answers(directory));
        try (Engine engine = TollgateEngine.launch(context())) {
            engine.checkpoint();
            engine.backup(temporary.resolve("copy"));
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

    /** Each would be deleted, or what lies beside it: who gives the directory says that it is one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "bundle.js.map",
                "checkpoint.new/model.bin",
                "checkpoint.gone/epoch-1/model.bin",
                "log/log-today.tmp",
                "log.new/log-1.txt"
            })
    void shouldNotTakeADirectoryOfOursForOneOfTheEngine(final String name) throws IOException {
        new ShardFiles(directory).removeCleanMark();
        final Path disk = linkToDisk("shard-0");
        Files.createDirectories(disk.resolve(name).getParent());
        Files.writeString(disk.resolve(name), OURS);
        final Map<Path, Integer> before = contents(disk);
        for (final Runnable use : uses()) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, use::run);
            final String message = refusal.getMessage();
            final Path link = directory.resolve("shard-0");
            assertTrue(message.startsWith("file=" + link), message);
            assertTrue(
                    message.contains(": found behind the symbolic link " + link + ", expected nothing but"), message);
        }
        assertEquals(before, contents(disk));
    }

    /** Where a repair of the log was stopped, that is: a link there may lead to a log that somebody needs. */
    @Test
    void shouldNotClearWhereALinkLeads() throws IOException {
        final Path log = new ShardFiles(directory).log();
        final Path ours = temporary.resolve("ours");
        new DamagedDirectory(log).copyTo(ours);
        final Map<Path, Integer> before = contents(ours);
        Files.createSymbolicLink(log.resolveSibling("log.new"), ours);
        final String segment = new DamagedDirectory(log)
                .files().stream()
                        .filter(name -> name.endsWith(".seg"))
                        .findFirst()
                        .orElseThrow();
        FileDamage.flip(log.resolve(segment), 200, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        assertTrue(DirectoryRecovery.recover(context())
                .shards()
                .get(0)
                .damagedLog()
                .isPresent());
        assertEquals(before, contents(ours));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    /** The one before is the only one then, and stays until the new one has its name. */
    @Test
    void shouldKeepTheCheckpointBeforeALinkThatLeadsNowhereUntilThereIsAnother() throws IOException {
        final Path store = new ShardFiles(directory).shard();
        final Path checkpoint = store.resolve("checkpoint");
        final Path old = store.resolve("checkpoint.old");
        DamagedDirectory.delete(old);
        Files.move(checkpoint, old);
        Files.createSymbolicLink(checkpoint, temporary.resolve("nowhere"));
        final HookedFiles full = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.RENAME && file.endsWith("checkpoint.new")) {
                    throw new IOException("No space left on device");
                }
            }
        };
        checkpointBehindAnotherPoint(context().fileAccess(full), false);
        assertTrue(Files.isDirectory(old), "the only one");
        final Map<String, List<String>> answers = DamagedDirectory.answers(directory);
        new ShardFiles(directory).removeCleanMark();
        assertEquals(answers, DamagedDirectory.answers(directory));
        checkpointBehindAnotherPoint(context(), true);
        assertFalse(Files.isSymbolicLink(checkpoint));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    private static void checkpointBehindAnotherPoint(final EngineContext context, final boolean isMade) {
        try (Engine engine = TollgateEngine.launch(context.stepped(true).errorHandler(told -> {}))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("linked", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            if (isMade) {
                engine.checkpoint();
            } else {
                assertThrows(UncheckedIOException.class, engine::checkpoint);
            }
        }
    }

    /** A rebuild deletes the store alone. */
    @Test
    void shouldDeleteNoFilesButItsOwn() throws IOException {
        final ShardFiles files = new ShardFiles(directory);
        files.removeCleanMark();
        final List<Path> ours = Stream.of("bundle.js.map", "some.numbers", "series-a.map", "log/log-today.tmp")
                .map(files.shard()::resolve)
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
