package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Old log segments are deleted before the last but one checkpoint if requested. The deletion loses nothing, wherever
 * the process or the disk stops, and whichever of the two checkpoints is damaged.
 */
class OldLogTest {
    private static final int LANES = 4;
    private static final int STRETCH = 350;
    private static final int STRETCHES = 4;
    private static final int ALL = STRETCH * STRETCHES;
    private static final CheckpointPolicy POLICY = CheckpointPolicy.ON_REQUEST.deletingOldLog();

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private static EngineContext reading(final Path directory) {
        return Lanes.stepped(directory).errorHandler(error -> {});
    }

    private EngineContext writing() {
        return Lanes.stepped(data).checkpoints(POLICY);
    }

    /**
     * Writes several groups of points with a checkpoint after each but the last, and leaves the files of a killed
     * engine.
     */
    private List<Checkpoint> writeAndKill() throws IOException {
        final List<Checkpoint> checkpoints = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(writing())) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int i = 0; i < STRETCHES; i++) {
                lanes.feedAll(i * STRETCH, (i + 1) * STRETCH);
                if (i < STRETCHES - 1) {
                    checkpoints.add(engine.admin().checkpoint());
                }
            }
            assertTrue(engine.admin().statistics().checkpointCounts().deletedSegments() >= 2);
            new DamagedDirectory(data).copyTo(killed);
        }
        return checkpoints;
    }

    private static void requireAll(final Path directory, final String what) {
        try (Engine engine = TollgateEngine.launch(reading(directory))) {
            requireAll(engine, what);
        }
    }

    private static void requireAll(final Engine engine, final String what) {
        Lanes.requireNumbers(engine, LANES, ALL, what);
    }

    private static void requireRefused(final Path directory, final String message) {
        Refusals.requireOpening(reading(directory), message, "run recover");
    }

    private static long begin(final Path directory) {
        return new DirectoryFiles(directory).manifest().log().firstSequence();
    }

    @Test
    void shouldDeleteNoMoreThanTheCheckpointBeforeIncludes() throws IOException {
        final List<Checkpoint> checkpoints = writeAndKill();
        final long before = checkpoints.get(checkpoints.size() - 2).lastSequence();
        assertTrue(begin(killed) > 1 && begin(killed) <= before + 1, "begin=" + begin(killed));
        assertEquals(begin(killed), DirectoryInspection.of(killed).log().firstSequence());
        assertTrue(
                DirectoryCheck.of(killed).summary().contains("(older segments were deleted)"),
                () -> DirectoryCheck.of(killed).summary());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(killed).state());
        try (Engine engine = TollgateEngine.launch(reading(killed))) {
            requireAll(engine, "killed");
            Lanes.requireSame(engine, LANES, "killed");
        }
        requireAll(data, "closed");
        // An engine that keeps all log from now on also keeps the earlier checkpoint.
        try (Engine engine = TollgateEngine.launch(Lanes.stepped(data))) {
            engine.admin().checkpoint();
            assertEquals(2, new DirectoryFiles(data).checkpoints().size());
        }
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.context().directory(data));
        assertEquals(begin(data), report.log().firstSequence());
        assertFalse(report.isPromiseBroken());
    }

    @Test
    void shouldKeepAllOfTheLogUnlessAsked() throws IOException {
        try (Engine engine = TollgateEngine.launch(writing().checkpoints(CheckpointPolicy.ON_REQUEST))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int i = 0; i < 3; i++) {
                lanes.feed(1, i * STRETCH, (i + 1) * STRETCH);
                engine.admin().checkpoint();
            }
            assertEquals(0, engine.admin().statistics().checkpointCounts().deletedSegments());
            assertTrue(engine.admin().audit().hasAllRefusals());
        }
        assertEquals(1, begin(data));
        assertTrue(Files.exists(new DirectoryFiles(data).segment(0)));
        assertEquals(1, new DirectoryFiles(data).checkpoints().size());
    }

    /**
     * A process may be killed before any call by which a checkpoint forces the log, is renamed, and deletes segments.
     * The names of the other calls show that their files are not read.
     */
    @Test
    @Tag("nightly")
    void shouldLoseNothingInAKillAtAnyCall() throws IOException {
        killAtEach(1);
    }

    @Test
    @Tag("ci")
    void shouldLoseNothingIfItIsKilledAtManyCallsMeanwhile() throws IOException {
        killAtEach(12);
    }

    @Test
    void shouldLoseNothingIfItIsKilledMeanwhile() throws IOException {
        killAtEach(30);
    }

    private void killAtEach(final int step) throws IOException {
        final int[] calls = {new Random(TestSeed.of("OldLogTest")).nextInt(step)};
        final Map<String, Path> left = new TreeMap<>();
        final boolean[] isWatching = {false};
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (isWatching[0] && calls[0]++ % step == 0) {
                final Path copy = temporary.resolve("left-" + left.size());
                new DamagedDirectory(data).copyTo(copy);
                left.put(String.format("%02d before %s %s", left.size(), call, data.relativize(file)), copy);
            }
        });
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(writing(), files))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int i = 0; i < STRETCHES; i++) {
                lanes.feedAll(i * STRETCH, (i + 1) * STRETCH);
                isWatching[0] = i == STRETCHES - 1;
                engine.admin().checkpoint();
                isWatching[0] = false;
            }
        }
        assertTrue(left.size() >= Math.max(2, 60 / step), left::toString);
        assertTrue(step > 1 || left.keySet().stream().anyMatch(what -> what.contains("DELETE")), left::toString);
        for (final Map.Entry<String, Path> entry : left.entrySet()) {
            final DirectoryCheck check = DirectoryCheck.of(entry.getValue());
            assertEquals(DirectoryCheck.State.NEEDS_RECOVERY, check.state(), () -> entry.getKey() + ": " + check);
            requireAll(entry.getValue(), entry.getKey());
            FileTree.delete(new SystemFileAccess(), entry.getValue());
        }
    }

    /** A power failure may leave any of the names that were being deleted. */
    @Test
    void shouldReadALogWithAnyOldSegments() throws IOException {
        final Random random = new Random(TestSeed.of("shouldReadALogWithAnyOldSegments"));
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.DELETE && file.toString().endsWith(".seg") && !Files.exists(killed)) {
                new DamagedDirectory(data).copyTo(killed);
            }
        });
        final long deleted;
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(writing(), files))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int i = 0; i < STRETCHES; i++) {
                lanes.feedAll(i * STRETCH, (i + 1) * STRETCH);
                if (i == 1 || i == STRETCHES - 1) {
                    engine.admin().checkpoint();
                }
            }
            deleted = engine.admin().statistics().checkpointCounts().deletedSegments();
        }
        final List<Path> segments = new DirectoryFiles(killed).segments();
        assertTrue(deleted > 2, "deleted=" + deleted);
        for (int i = 0; i < deleted; i++) {
            if (i == 0 || i > 1 && random.nextBoolean()) {
                Files.delete(segments.get(i));
            }
        }
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(killed).state());
        requireAll(killed, "some left");
        assertFalse(Files.exists(segments.get(1)), "the opening has finished it");
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
    }

    @Test
    void shouldStartFromTheEarlierCheckpointIfTheNewestIsDamaged() throws IOException {
        final List<Checkpoint> checkpoints = writeAndKill();
        for (final String name : new String[] {"seal", "header", "series-0.map"}) {
            final Path target = temporary.resolve("damaged-" + name);
            new DamagedDirectory(killed).copyTo(target);
            FileDamage.flip(new DirectoryFiles(target).checkpoint().resolve(name), 9, 1);
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state(), name);
            requireRefused(target, "checkpoint");
            final RecoveryReport report = InPlaceRecovery.recover(reading(target));
            assertFalse(report.isPromiseBroken(), report::toString);
            assertEquals(List.of(), report.losses());
            assertEquals(
                    checkpoints.get(checkpoints.size() - 2).lastSequence(),
                    report.contents().storeSequence());
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
            requireAll(target, name);
        }
    }

    @Test
    void shouldNameWhatOnlyTheDeletedSegmentsHad() throws IOException {
        writeAndKill();
        for (final Path checkpoint : new DirectoryFiles(killed).checkpoints()) {
            FileDamage.flip(checkpoint.resolve("header"), 9, 1);
        }
        final long begin = begin(killed);
        final DirectoryCheck check = DirectoryCheck.of(killed);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        assertTrue(
                check.summary().contains("firstSequence=" + begin + " (older segments were deleted)"), check::toString);
        Refusals.requireOpening(reading(killed));
        final RecoveryReport report = InPlaceRecovery.recover(reading(killed));
        assertTrue(report.isPromiseBroken());
        final Loss loss = report.losses().get(0);
        assertEquals(1, loss.firstSequence());
        assertEquals(begin - 1, loss.lastSequence());
        assertFalse(loss.isCovered());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        // The definitions were in the deleted segments, so the replay counts the remaining operations of these series
        // and skips them.
        assertTrue(report.contents().orphanedCount() > 0, report::toString);
        try (Engine engine = TollgateEngine.launch(reading(killed))) {
            new Lanes(engine, LANES).feed(0, 0, STRETCH);
        }
        try (Engine engine = TollgateEngine.launch(reading(killed))) {
            assertEquals(STRETCH, Lanes.numberIn(engine, 0), "appended after it");
        }
    }

    /** The checkpoint has the operations before the log, and the log is complete. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLoseNothingWithTheManifest(final boolean isGone) throws IOException {
        writeAndKill();
        final Path manifest = new DirectoryFiles(killed).manifestFile();
        if (isGone) {
            Files.delete(manifest);
        } else {
            Files.write(manifest, new byte[ManifestFile.POSITIONS_OFFSET]);
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(killed).state());
        requireRefused(killed, "file=" + manifest);
        final RecoveryReport report = InPlaceRecovery.recover(reading(killed));
        assertFalse(report.isPromiseBroken(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        requireAll(killed, "without the manifest");
    }

    /** The store alone suffices until it is opened and killed. */
    @Test
    void shouldMissTheCheckpointsOfADirectoryThatWasClosed() throws IOException {
        writeAndKill();
        for (final Path checkpoint : new DirectoryFiles(data).checkpoints()) {
            FileTree.delete(new SystemFileAccess(), checkpoint);
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        requireRefused(data, "found no sealed store");
        assertFalse(InPlaceRecovery.recover(reading(data)).isPromiseBroken());
        assertTrue(Files.exists(new DirectoryFiles(data).checkpoint().resolve("seal")));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        requireAll(data, "closed");
    }

    @Test
    void shouldBackUpAndRestoreALogThatBeginsLate() throws IOException {
        writeAndKill();
        final Path backup = temporary.resolve("backup");
        final Path restored = temporary.resolve("restored");
        DirectoryBackup.make(TestContext.plain().directory(killed), backup);
        DirectoryBackup.make(TestContext.plain().directory(backup), restored);
        assertEquals(begin(killed), begin(restored));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(restored).state());
        requireAll(restored, "restored");
    }
}
