package io.tollgate.core.open;

import static io.tollgate.core.fixture.Stretches.LENGTH;
import static io.tollgate.core.fixture.Stretches.begin;
import static io.tollgate.core.fixture.Stretches.context;
import static io.tollgate.core.fixture.Stretches.define;
import static io.tollgate.core.fixture.Stretches.feed;
import static io.tollgate.core.fixture.Stretches.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.log.LogExtent;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine deletes old segments while the log is read, and failures meanwhile do no harm. */
class LogDeletionTest {
    private static final int STRETCHES = 4;

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private static long deletedSegments(final Engine engine) {
        return engine.admin().statistics().checkpointCounts().deletedSegments();
    }

    /** An engine was killed before it deleted the first segment, and the disk then refuses deletions for a while. */
    @Test
    void shouldOpenIfTheFilesOfAKilledEngineCannotBeDeleted() throws IOException {
        final HookedFiles killing = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.DELETE && file.toString().endsWith(".seg") && !Files.exists(killed)) {
                new DamagedDirectory(data).copyTo(killed);
            }
        });
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data), killing))) {
            feed(engine, define(engine, "events"), 0);
            feed(engine, define(engine, "events"), 1);
        }
        final Path first = new DirectoryFiles(killed).segment(0);
        assertTrue(begin(killed) > 1 && Files.exists(first), "begin=" + begin(killed));
        final boolean[] isFailing = {true};
        final HookedFiles failing = HookedFiles.beforeEach((call, file) -> {
            if (isFailing[0] && call == HookedFiles.Call.DELETE && file.equals(first)) {
                throw new IOException("Input/output error");
            }
        });
        for (int life = 0; life < 2; life++) {
            final List<Throwable> errors = new ArrayList<>();
            try (Engine engine = TollgateEngine.launch(
                    InjectedFiles.inject(context(killed), failing).errorHandler(errors::add))) {
                assertEquals(1, errors.size(), errors::toString);
                assertTrue(errors.get(0).getMessage().contains("cannot be deleted"), errors::toString);
                assertEquals(2 * LENGTH, PointCount.of(engine, "events"));
                assertTrue(Files.exists(first));
            }
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        }
        isFailing[0] = false;
        TollgateEngine.launch(InjectedFiles.inject(context(killed), failing)).close();
        assertFalse(Files.exists(first));
    }

    /**
     * Offers two groups of points with a checkpoint each, then points and a refused withdrawal with a given reference.
     */
    private static void feedAndRefuse(final Engine engine, final int round) {
        final FlowSeries events = define(engine, "events");
        feed(engine, events, 3 * round);
        feed(engine, events, 3 * round + 1);
        offer(engine, events, 3 * round + 2);
        engine.awaitApplied(engine.publisher()
                .point(events)
                .validAt(-1)
                .knownAt(LENGTH * 3L * (round + 1) - 1)
                .reference(round)
                .withdraw());
    }

    private static List<Long> refusedReferences(final Engine engine) {
        final List<Long> references = new ArrayList<>();
        final long count = engine.admin().audit().readRefusals(refusal -> references.add(refusal.reference()));
        assertEquals(count, references.size());
        return references;
    }

    /** Makes the engine make a checkpoint and delete log after so many files were opened for reading. */
    private static final class CheckpointMeanwhile extends HookedFiles {
        private int countdown;
        private Runnable call = () -> {};

        void after(final int count, final Runnable checkpoint) {
            countdown = count;
            call = checkpoint;
        }

        @Override
        public DataFile openForRead(final Path file) throws IOException {
            if (countdown > 0 && --countdown == 0) {
                call.run();
            }
            return super.openForRead(file);
        }
    }

    @Test
    void shouldReadTheRemainingRefusalsIfTheLogIsDeletedMeanwhile() throws IOException {
        final CheckpointMeanwhile files = new CheckpointMeanwhile();
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data), files))) {
            for (int round = 0; round < 5; round++) {
                feedAndRefuse(engine, round);
                final long begin = begin(data);
                files.after(round + 1, engine.admin()::checkpoint);
                final List<Long> references = refusedReferences(engine);
                assertEquals(List.of((long) round), references, "before opening " + (round + 1));
                assertEquals(references, refusedReferences(engine));
                assertTrue(begin(data) > begin, "the log has not moved meanwhile");
            }
            assertFalse(engine.admin().audit().hasAllRefusals());
        }
    }

    @Test
    void shouldReportTheExtentOfALogThatIsDeletedMeanwhile() throws IOException {
        final CheckpointMeanwhile files = new CheckpointMeanwhile();
        try (Engine engine = TollgateEngine.launch(context(data))) {
            for (int round = 0; round < 4; round++) {
                feedAndRefuse(engine, round);
                final long begin = begin(data);
                files.after(round + 1, engine.admin()::checkpoint);
                final LogExtent extent = LogExtent.of(files, new DirectoryFiles(data).log());
                assertTrue(begin(data) > begin, "the log has not moved meanwhile");
                assertEquals(begin(data), new DirectoryFiles(data).logFiles().firstSequence());
                assertEquals((long) extent.segmentCount() << 16, extent.byteCount());
            }
        }
    }

    @Test
    void shouldNameTheDamageThatKeepsRefusalsFromBeingRead() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(data).checkpoints(CheckpointPolicy.ON_REQUEST))) {
            feedAndRefuse(engine, 0);
            final Path second = new DirectoryFiles(data).segment(1);
            FileDamage.flip(second, 5_000, 1);
            Refusals.require(
                    IllegalStateException.class,
                    () -> engine.admin().audit().readRefusals(found -> {}),
                    second.toString(),
                    "run recover");
        }
    }

    @Test
    void shouldContinueIfASegmentCannotBeDeleted() {
        final boolean[] isFailing = {true};
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (isFailing[0]
                    && call == HookedFiles.Call.DELETE
                    && file.toString().endsWith(".seg")) {
                throw new IOException("Input/output error");
            }
        });
        final List<Throwable> errors = new ArrayList<>();
        try (Engine engine =
                TollgateEngine.launch(InjectedFiles.inject(context(data), files).errorHandler(errors::add))) {
            final FlowSeries events = define(engine, "events");
            engine.awaitApplied(engine.publisher()
                    .point(events)
                    .validAt(-1)
                    .knownAt(0)
                    .reference(1)
                    .withdraw());
            feed(engine, events, 0);
            assertEquals(List.of(), errors);
            feed(engine, events, 1);
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(errors.get(0).getMessage().contains("cannot be deleted"), errors::toString);
            assertEquals(2, engine.admin().statistics().checkpointCounts().made());
            assertEquals(0, engine.admin().statistics().checkpointCounts().failed());
            assertEquals(0, deletedSegments(engine));
            isFailing[0] = false;
            engine.awaitApplied(engine.publisher()
                    .point(events)
                    .validAt(-1)
                    .knownAt(2 * LENGTH)
                    .reference(2)
                    .withdraw());
            feed(engine, events, 2);
            assertTrue(deletedSegments(engine) > 0);
            assertFalse(engine.admin().audit().hasAllRefusals());
            assertEquals(List.of(2L), refusedReferences(engine), "the first one went with the log");
        }
        try (Engine engine = TollgateEngine.launch(context(data))) {
            assertEquals(3 * LENGTH, PointCount.of(engine, "events"));
        }
    }

    /** The engine detects a changed checkpoint before it deletes the log that the checkpoint replaces. */
    @Test
    void shouldKeepTheLogAfterACheckpointThatIsNotReadBackAsItWasMade() {
        final boolean[] isChanging = {false};
        final HookedFiles files = HookedFiles.afterEach((call, file, target) -> {
            if (isChanging[0]
                    && call == HookedFiles.Call.RENAME
                    && file.getFileName().toString().matches("checkpoint-[0-9]+\\.new")) {
                FileDamage.flip(target.resolve("header"), 40, 1);
            }
        });
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data), files))) {
            final FlowSeries events = define(engine, "events");
            feed(engine, events, 0);
            isChanging[0] = true;
            Refusals.require(IllegalStateException.class, () -> feed(engine, events, 1), "checkpoint");
            assertEquals(0, deletedSegments(engine));
            assertEquals(1, begin(data));
        }
        assertTrue(Files.exists(new DirectoryFiles(data).segment(0)));
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        final RecoveryReport report = InPlaceRecovery.recover(context(data));
        assertFalse(report.isPromiseBroken(), () -> "report=" + report.lines());
        try (Engine engine = TollgateEngine.launch(context(data))) {
            assertEquals(2 * LENGTH, PointCount.of(engine, "events"));
        }
    }

    /** After a power failure no sealed checkpoint misses a file, because the deletion of the seal is forced first. */
    @Test
    void shouldForceTheDeletionOfASealBeforeThatOfItsFiles() {
        final int[] sealed = {0};
        final HookedFiles files = new HookedFiles() {
            private Path unsealed = Path.of("");

            @Override
            public void before(final Call call, final Path file) {
                final Path parent = file.getParent();
                if (call == Call.FORCE_DIRECTORY && isCheckpoint(file) && !Files.exists(file.resolve("seal"))) {
                    unsealed = file;
                } else if (call == Call.DELETE && isCheckpoint(parent) && file.endsWith("seal")) {
                    sealed[0]++;
                } else if (call == Call.DELETE && isCheckpoint(parent)) {
                    assertEquals(parent, unsealed, () -> "deleted before the seal: " + file);
                }
            }

            private boolean isCheckpoint(final Path path) {
                return path.getFileName().toString().matches("checkpoint-[0-9]+");
            }
        };
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data), files))) {
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, "events"), i);
            }
        }
        // The last two checkpoints stay.
        assertEquals(STRETCHES - 2, sealed[0]);
    }
}
