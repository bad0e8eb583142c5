package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.Stretches;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log has lost operations that only a checkpoint has, so no engine starts without that checkpoint. A final loss is
 * reported once.
 */
class NeededCheckpointTest {
    private static final String SEGMENT = "log-0000000000000000.seg";
    private static final int EARLY = 700;

    @TempDir
    private Path temporary;

    private Path data;
    private DirectoryFiles files;
    private Map<String, List<String>> answers;

    /** The operations of the log before it lost any. */
    private NavigableMap<Long, String> made;

    /** The last operation of the loss that the store has. */
    private long covered;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        files = new DirectoryFiles(data);
    }

    /** Leaves a directory that was closed and then lost a part of its log, which the store has. */
    private void loseAndRecover() throws IOException {
        DamagedDirectory.fill(data).close();
        rememberAnswers();
        FileDamage.flip(files.log().resolve(SEGMENT), EARLY, 1);
        recoverCovered();
        assertEquals(covered, start().neededSequence());
    }

    private void rememberAnswers() throws IOException {
        final Path reference = temporary.resolve("reference");
        answers = DamagedDirectory.answers(
                new DamagedDirectory(data).copyTo(reference).path());
    }

    private void recoverCovered() {
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        final Loss loss = report.losses().get(0);
        assertTrue(loss.isCovered(), () -> "" + report.lines());
        covered = loss.lastSequence();
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }

    private RecoveryReport recover() {
        return InPlaceRecovery.recover(DamagedDirectory.context(data));
    }

    private Engine launch() {
        return TollgateEngine.launch(DamagedDirectory.context(data));
    }

    private Manifest.LogStart start() {
        return files.manifest().log();
    }

    private void killTo(final Path killed) throws IOException {
        try (Engine engine = launch()) {
            new DamagedDirectory(data).copyTo(killed);
            assertTrue(engine.now() > 0);
        }
    }

    private void deleteCheckpoint() throws IOException {
        final Path checkpoint = files.checkpoint();
        DamagedDirectory.delete(checkpoint);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        Refusals.require(
                IllegalStateException.class,
                () -> launch().close(),
                "checkpoint=" + checkpoint + ": found no",
                "run recover");
    }

    /** The store alone suffices until it is opened and killed. */
    @Test
    void shouldBeMissedIfTheStoreIsClosed() throws IOException {
        loseAndRecover();
        deleteCheckpoint();
        assertFalse(recover().isPromiseBroken());
        assertTrue(Files.exists(files.checkpoint().resolve("seal")));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    @Test
    void shouldBeReportedAsLostIfNothingElseHasIt() throws IOException {
        loseAndRecover();
        deleteCheckpoint();
        Files.delete(files.store().resolve("series-0.map"));
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        final Loss loss = report.losses().get(0);
        assertEquals(covered, loss.lastSequence());
        assertFalse(loss.isCovered());
        requireReportedOnce();
    }

    private void requireReportedOnce() {
        assertEquals(0, start().neededSequence());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        requireNoneReported();
    }

    private void requireNoneReported() {
        final RecoveryReport again = recover();
        assertFalse(again.isPromiseBroken(), () -> "" + again.lines());
        assertEquals(List.of(), again.losses());
    }

    /** A killed engine leaves no other store to start from. */
    @Test
    void shouldBeMissedIfTheEngineWasKilled() throws IOException {
        final Path killed = temporary.resolve("killed");
        loseAfterACheckpoint();
        killTo(killed);
        DamagedDirectory.put(killed, data);
        deleteCheckpoint();
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        requireReportedOnce();
    }

    /** Lets the log lose operations after its newest checkpoint; the closed store has them. */
    private void loseAfterACheckpoint() throws IOException {
        DamagedDirectory.fillWithCheckpoints(data, CheckpointPolicy.ON_REQUEST, 0)
                .close();
        final Path segment = files.log().resolve(SEGMENT);
        final long checkpointed = files.manifest().checkpointSequence();
        rememberAnswers();
        made = new DamagedDirectory(data).operations();
        FileDamage.flip(segment, FileDamage.usedLength(segment) - 400, 1);
        recoverCovered();
        assertTrue(covered > checkpointed, () -> "covered=" + covered + " checkpointed=" + checkpointed);
        assertEquals(covered, start().neededSequence());
    }

    /** An engine that continues without the checkpoint makes neither another checkpoint nor a backup. */
    @Test
    void shouldNotBeReplacedByOneThatLacksWhatItHas() throws IOException {
        loseAndRecover();
        try (Engine engine = launch()) {
            Stretches.define(engine, "needed.later");
            final Path checkpoint = files.checkpoint();
            DamagedDirectory.delete(checkpoint);
            for (final Runnable call : List.<Runnable>of(
                    engine.admin()::checkpoint, () -> engine.admin().backup(temporary.resolve("backup")))) {
                Refusals.require(IllegalStateException.class, call::run, "file=" + checkpoint, "run recover");
            }
            assertEquals(List.of(), files.checkpoints());
        }
    }

    /** The checkpoint was made after the loss, from a store that never had the lost operations. */
    @Test
    void shouldNotReportALossAgainWithACheckpointThatNeverHadIt() throws IOException {
        loseForGood();
        final Path killed = temporary.resolve("killed-again");
        try (Engine engine = launch()) {
            engine.admin().checkpoint();
            new DamagedDirectory(data).copyTo(killed);
        }
        DamagedDirectory.put(killed, data);
        FileDamage.flip(files.checkpoint().resolve("header"), 9, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        requireNoneReported();
    }

    private void loseForGood() throws IOException {
        final Path killed = temporary.resolve("killed");
        try (Engine engine = DamagedDirectory.fill(data)) {
            new DamagedDirectory(data).copyTo(killed);
            assertTrue(engine.now() > 0);
        }
        DamagedDirectory.put(killed, data);
        FileDamage.flip(files.log().resolve(SEGMENT), EARLY, 1);
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        requireReportedOnce();
    }

    /** Without its manifest the start of the log is unknown. It begins with a loss that the checkpoint has. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "gone"})
    void shouldBeMissedIfTheManifestWasLost(final String how) throws IOException {
        DamagedDirectory.fillWithCheckpoints(data).close();
        rememberAnswers();
        final long needed = start().neededSequence();
        assertTrue(needed > 0, () -> "needed=" + needed);
        loseManifest(how);
        recoverCovered();
        assertEquals(1, start().firstSequence());
        assertEquals(needed, start().neededSequence());
        deleteCheckpoint();
        assertFalse(recover().isPromiseBroken());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    private void loseManifest(final String how) throws IOException {
        if (how.equals("gone")) {
            Files.delete(files.manifestFile());
        } else {
            Files.write(files.manifestFile(), new byte[ManifestFile.POSITIONS_OFFSET]);
        }
    }

    /** If one of two checkpoints is damaged, the other one has the lost operations. */
    @Test
    void shouldBeKeptBesideALaterOne() throws IOException {
        loseAndRecover();
        try (Engine engine = launch()) {
            Stretches.define(engine, "needed.later");
            engine.admin().checkpoint();
        }
        assertEquals(2, files.checkpoints().size());
        FileDamage.flip(files.checkpoint().resolve("header"), 9, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {false, true})
    void shouldBeFoundDespiteDamageToOtherFiles(final boolean isClosed) throws IOException {
        final Random random = new Random(TestSeed.of("NeededCheckpointTest"));
        final Path killed = temporary.resolve("killed");
        loseAfterACheckpoint();
        killTo(killed);
        final DamagedDirectory source = new DamagedDirectory(isClosed ? data : killed);
        final FileDamage damage = new FileDamage(source, temporary.resolve("scratch"), () -> made);
        final List<String> names = source.files();
        damage.loseFile(ManifestFile.FILE_NAME);
        damage.loseFile(names.get(random.nextInt(names.size())));
        damage.exchange(ManifestFile.FILE_NAME, random);
        damage.exchange(names.get(random.nextInt(names.size())), random);
        damage.damageAtRandom(3, random);
    }

    @Test
    void shouldBeMissedInABackupToo() throws IOException {
        loseAndRecover();
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(TestContext.plain().directory(data), backup);
        assertEquals(start(), new DirectoryFiles(backup).manifest().log());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        assertEquals(answers, DamagedDirectory.answers(backup));
    }

    /** A backup could not record the missing part. */
    @Test
    void shouldNotBeBackedUpIfNoManifestRequiresIt() throws IOException {
        loseAndRecover();
        loseManifest("damaged");
        final EngineContext context = TestContext.plain().directory(data);
        Refusals.require(
                IllegalStateException.class,
                () -> DirectoryBackup.make(context, temporary.resolve("backup")),
                "file=" + files.manifestFile());
        assertFalse(recover().isPromiseBroken());
        assertEquals(covered, start().neededSequence());
    }

    /** The log needs the checkpoint as long as it contains the record of the loss and the segments before it. */
    @Test
    void shouldBeNeededIfOldSegmentsGo() throws IOException {
        loseAfterACheckpoint();
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.deletingOldLog();
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(data).checkpoints(policy))) {
            for (int stretch = 1; start().firstSequence() == 1; stretch++) {
                assertEquals(covered, start().neededSequence());
                Stretches.feed(engine, Stretches.define(engine, "needed.stretches"), stretch);
            }
        }
        assertEquals(Math.max(covered, start().firstSequence() - 1), start().neededSequence());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }
}
