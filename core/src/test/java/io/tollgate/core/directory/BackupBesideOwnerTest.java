package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.manifest.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another process holds the lock of a directory that an engine has left, mostly before a restart of the machine. It
 * does not append to the log, or starts to. A backup contains all operations that an opening finds, although none of
 * them was durable.
 */
class BackupBesideOwnerTest {
    private static final int NUMBERS = 100;

    @TempDir
    private Path temporary;

    private Path killed;
    private Path backup;

    @BeforeEach
    void setUp() {
        killed = temporary.resolve("killed");
        backup = temporary.resolve("backup");
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory);
    }

    /** Leaves a directory like a killed process. */
    private void kill() throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            feed(engine, 0, NUMBERS);
            new DamagedDirectory(data).copyTo(killed);
        }
        Files.delete(killed.resolve(DirectoryLock.FILE_NAME));
    }

    /** Leaves the directory as after a restart of the machine, with the whole log on disk. */
    private void leave() throws IOException {
        kill();
        new DirectoryFiles(killed).markNotClosed();
    }

    private static void feed(final Engine engine, final int from, final int to) {
        final Lanes lanes = new Lanes(engine, 2);
        lanes.feed(0, from, to);
        lanes.feed(1, from, to);
    }

    private void requireAll() {
        try (Engine engine = TollgateEngine.launch(context(backup))) {
            assertEquals(NUMBERS, Lanes.numberIn(engine, 0));
            assertEquals(NUMBERS, Lanes.numberIn(engine, 1));
            Lanes.requireSame(engine, 2, backup.toString());
        }
    }

    @Test
    void shouldHoldAllBesideOneThatOnlyReads() throws IOException {
        leave();
        final DirectoryLock lock = DirectoryLock.acquireToRead(killed);
        try {
            DirectoryBackup.make(context(killed), backup);
        } finally {
            lock.close();
        }
        requireAll();
    }

    @Test
    void shouldHoldAllBesideAnEngineThatIsOpening() throws IOException {
        leave();
        backUpWhileOpening();
    }

    /** The power failed before the deletion of the last close's seal was on disk. */
    @Test
    void shouldHoldAllBesideAnEngineThatDiscardsAStoreOlderThanItsLog() throws IOException {
        final Path data = temporary.resolve("data");
        TollgateEngine.launch(context(data)).close();
        final byte[] mark = Files.readAllBytes(new DirectoryFiles(data).seal());
        leave();
        Files.write(new DirectoryFiles(killed).seal(), mark);
        backUpWhileOpening();
    }

    private void backUpWhileOpening() {
        final EngineContext opening = context(killed).openingProgress((at, of) -> {
            if (!Files.exists(backup)) {
                DirectoryBackup.make(context(killed), backup);
            }
        });
        TollgateEngine.launch(opening).close();
        requireAll();
    }

    /** An engine starts when the backup is about to read the second segment, and appends to the log. */
    @ParameterizedTest
    @ValueSource(strings = "left, and checked until then")
    void shouldBeMadeWhileAnEngineStarts(final String before) throws IOException {
        requireMadeWheneverAnEngineStarts(before);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"closed", "killed", "left"})
    void shouldBeMadeWhileAnEngineStartsInAnyDirectory(final String before) throws IOException {
        requireMadeWheneverAnEngineStarts(before);
    }

    private void requireMadeWheneverAnEngineStarts(final String before) throws IOException {
        kill();
        if (before.startsWith("left")) {
            new DirectoryFiles(killed).markNotClosed();
        }
        final Path start = before.equals("closed") ? temporary.resolve("data") : killed;
        int moment = 0;
        while (isMadeWhileAnEngineStarts(start, moment, before.contains("checked"))) {
            moment++;
        }
        assertTrue(moment > 0, "moments=" + moment);
    }

    /** Returns true if the backup reached that read. */
    private boolean isMadeWhileAnEngineStarts(final Path start, final int moment, final boolean isChecked)
            throws IOException {
        final Path source = temporary.resolve("source");
        DamagedDirectory.put(start, source);
        DamagedDirectory.delete(backup);
        final Optional<DirectoryLock> checking =
                isChecked ? Optional.of(DirectoryLock.acquireToRead(source)) : Optional.empty();
        final SegmentReads reads = new SegmentReads(source, moment, () -> {
            checking.ifPresent(DirectoryLock::close);
            final Engine engine = TollgateEngine.launch(context(source));
            new Lanes(engine, 2).feed(0, NUMBERS, NUMBERS + 1_000);
            return engine;
        });
        try {
            DirectoryBackup.make(InjectedFiles.inject(context(source), reads), backup);
        } finally {
            checking.ifPresent(DirectoryLock::close);
            reads.close();
        }
        try (Engine engine = TollgateEngine.launch(context(backup))) {
            assertTrue(Lanes.numberIn(engine, 0) >= NUMBERS, "moment=" + moment);
            assertEquals(NUMBERS, Lanes.numberIn(engine, 1), "moment=" + moment);
        }
        return reads.count > moment;
    }

    /** Counts the openings of the second segment, and starts an engine before a given one. */
    private static final class SegmentReads extends HookedFiles implements AutoCloseable {
        private final Path source;
        private final int moment;
        private final Supplier<Engine> start;
        private Optional<Engine> engine = Optional.empty();
        private int count;

        SegmentReads(final Path source, final int moment, final Supplier<Engine> start) {
            this.source = source;
            this.moment = moment;
            this.start = start;
        }

        @Override
        public DataFile openForRead(final Path file) throws IOException {
            if (file.startsWith(source) && file.endsWith("log-0000000000000001.seg") && count++ == moment) {
                engine = Optional.of(start.get());
            }
            return super.openForRead(file);
        }

        @Override
        public void close() {
            engine.ifPresent(Engine::close);
        }
    }

    /** A process that only reads changes nothing, so damaged files stay damaged. */
    @Test
    void shouldNotTryAgainBesideOneThatOnlyReads() throws IOException {
        leave();
        final Path segment = new DirectoryFiles(killed).segment(0);
        FileDamage.flip(segment, 500, 1);
        final int alone = readsUntilRefused();
        final DirectoryLock lock = DirectoryLock.acquireToRead(killed);
        try {
            assertEquals(alone, readsUntilRefused());
        } finally {
            lock.close();
        }
    }

    private int readsUntilRefused() {
        final SegmentReads reads = new SegmentReads(killed, -1, () -> null);
        final EngineContext context = InjectedFiles.inject(context(killed), reads);
        final IllegalStateException refusal =
                Refusals.require(IllegalStateException.class, () -> DirectoryBackup.make(context, backup), "damages=");
        assertTrue(refusal.getMessage().endsWith("run recover first"), refusal::getMessage);
        return reads.count;
    }
}
