package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.FailingReads;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A created, renamed or deleted name is visible, but may not be on disk. Either the process was killed before it forced
 * the directory, or the force failed. An opening that relies on the name forces the directory first.
 */
class UnforcedNamesTest {
    private static final int SEGMENT_LENGTH = 1 << 16;

    /** More points than a log segment holds. */
    private static final int POINTS = 2_000;

    @TempDir
    private Path temporary;

    private Path root;
    private Path data;

    /** Records all calls. After one given call, the force of a directory fails once. */
    private final class KeptCalls extends HookedFiles {
        private final List<String> calls = new ArrayList<>();
        private String refusedAfter = "";
        private Path denied = Path.of("");
        private boolean isFull;

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (isFull && call == Call.CREATE && file.getFileName().toString().startsWith("log-")) {
                throw new IOException(FullDisk.MESSAGE);
            }
            if (call == Call.FORCE_DIRECTORY && file.equals(denied)) {
                throw new AccessDeniedException(file.toString());
            }
            if (call == Call.FORCE_DIRECTORY && !calls.isEmpty() && isRefusedAfter(calls.get(calls.size() - 1))) {
                refusedAfter = "";
                throw new IOException("Input/output error");
            }
        }

        private boolean isRefusedAfter(final String call) {
            return !refusedAfter.isEmpty() && call.startsWith(refusedAfter);
        }

        @Override
        public void after(final Call call, final Path file, final Path target) {
            calls.add(call + " " + root.relativize(file));
        }

        private void requireForced(final String... directories) {
            for (final String directory : directories) {
                assertTrue(calls.contains("FORCE_DIRECTORY " + directory), () -> directory + ": " + calls);
            }
        }

        /** Requires that a directory was forced before the first call with this prefix. */
        private void requireForcedBefore(final String directory, final String begin) {
            final List<String> before =
                    calls.stream().takeWhile(call -> !call.startsWith(begin)).toList();
            assertTrue(before.size() < calls.size(), () -> begin + ": " + calls);
            assertTrue(before.contains("FORCE_DIRECTORY " + directory), calls::toString);
        }
    }

    @BeforeEach
    void resolve() throws IOException {
        root = temporary.toRealPath();
        data = root.resolve("data");
    }

    private static EngineContext context(final Path directory, final KeptCalls files) {
        return InjectedFiles.inject(
                        TestContext.stepped(ClockMode.MANUAL, directory)
                                .durability(Durability.COMMIT)
                                .logSegmentLength(SEGMENT_LENGTH),
                        files)
                .errorHandler(error -> {});
    }

    private static void feed(final Engine engine, final int count) {
        final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
        for (int i = 0; i < count; i++) {
            engine.awaitDurable(engine.publisher().offer(level, i, i));
        }
    }

    /** The process was killed while it deleted the end of the log, and the disk has been full since. */
    @Test
    void shouldForceTheNamesOfALogThatAKillHasLeft() throws IOException {
        final Path killed = root.resolve("killed");
        try (Engine engine = TollgateEngine.launch(context(data, new KeptCalls()))) {
            feed(engine, 1);
            new DamagedDirectory(data).copyTo(killed);
        }
        final KeptCalls files = new KeptCalls();
        files.isFull = true;
        try (Engine engine = TollgateEngine.launch(context(killed, files))) {
            feed(engine, 1);
            files.requireForced("", "killed", "killed/log");
        }
    }

    /** The link leads to another disk, and the creator of that directory may not have forced its name. */
    @Test
    void shouldForceTheNameOfTheTargetOfALink() throws IOException {
        final Path log = Files.createDirectories(root.resolve("disk/of/log"));
        Files.createDirectory(data);
        Files.createSymbolicLink(data.resolve("log"), log);
        final KeptCalls files = new KeptCalls();
        try (Engine engine = TollgateEngine.launch(context(data, files))) {
            feed(engine, 1);
            files.requireForcedBefore("disk/of", "CREATE data/log/log-");
        }
    }

    @Test
    void shouldForceTheNameOfAParentDirectoryThatItMadeBefore() {
        final Path below = root.resolve("above/data");
        final KeptCalls files = new KeptCalls();
        files.refusedAfter = "CREATE_DIRECTORY above";
        assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context(below, files)));
        assertTrue(Files.exists(root.resolve("above")));
        files.calls.clear();
        try (Engine engine = TollgateEngine.launch(context(below, files))) {
            feed(engine, 1);
            files.requireForced("", "above", "above/data");
        }
    }

    /** The process was killed after the rename of the copy. */
    @Test
    void shouldForceTheNameOfACopy() {
        try (Engine engine = TollgateEngine.launch(context(data, new KeptCalls()))) {
            feed(engine, 1);
        }
        DirectoryBackup.make(context(data, new KeptCalls()), root.resolve("copy"));
        final KeptCalls files = new KeptCalls();
        try (Engine engine = TollgateEngine.launch(context(root.resolve("copy"), files))) {
            feed(engine, 1);
            files.requireForced("");
        }
    }

    /**
     * The checkpoint that was reported as failed has its name. The next request counts it as a checkpoint, so the
     * request must force the name first.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldForceTheNameOfACheckpointBeforeItIsReported(final boolean isOldLogDeleted) {
        final KeptCalls files = new KeptCalls();
        final CheckpointPolicy policy =
                isOldLogDeleted ? CheckpointPolicy.ON_REQUEST.deletingOldLog() : CheckpointPolicy.ON_REQUEST;
        try (Engine engine = TollgateEngine.launch(context(data, files).checkpoints(policy))) {
            for (int i = 0; i < 2; i++) {
                feed(engine, POINTS);
                engine.admin().checkpoint();
            }
            feed(engine, POINTS);
            files.refusedAfter = "RENAME data/checkpoint-";
            assertThrows(UncheckedIOException.class, engine.admin()::checkpoint);
            assertEquals("", files.refusedAfter);
            files.calls.clear();
            engine.admin().checkpoint();
            files.requireForced("data");
            if (isOldLogDeleted) {
                files.requireForcedBefore("data", "DELETE data/log/log-");
            }
        }
    }

    /** The engine could make the directory but not force its name. */
    @Test
    void shouldRefuseADirectoryBelowOneThatItMayWriteToAndNotRead() {
        for (int i = 0; i < 2; i++) {
            final KeptCalls files = new KeptCalls();
            files.denied = root;
            final UncheckedIOException refused =
                    assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context(data, files)));
            assertEquals(i == 1, refused.getCause().getMessage().contains("permit to read it"), refused::toString);
        }
    }

    @Test
    void shouldOpenIfTheSystemDoesNotTellWhatIsMounted() {
        try (Engine engine = TollgateEngine.launch(context(data, new KeptCalls()))) {
            feed(engine, 1);
        }
        final Path looked = FailingReads.over(data, new FailingReads.Looking() {
            @Override
            public void at(final Path path) {
                // The query succeeds.
            }

            @Override
            public void atFileStoreOf(final Path path) throws IOException {
                throw new IOException("Mount point not found");
            }
        });
        try (Engine engine =
                TollgateEngine.launch(InjectedFiles.inject(context(looked, new KeptCalls()), new SystemFileAccess()))) {
            feed(engine, 1);
        }
    }
}
