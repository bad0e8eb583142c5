package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogBegin;
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
 * A checkpoint that has what its log has lost is the only one that does: none is started from that has it not, and no
 * store is made of the log alone. What was lost for good was told, and is missed no more.
 */
class NeededCheckpointTest {
    private static final String SEGMENT = "log-0000000000000000.seg";
    private static final int EARLY = 700;

    @TempDir
    private Path temporary;

    private Path data;
    private ShardFiles files;
    private Path checkpoint;
    private Map<String, List<String>> answers;

    /** What the log had before it lost any of it. */
    private NavigableMap<Long, String> made;

    /** The last operation of the loss that the recovery has found in the store. */
    private long covered;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        files = new ShardFiles(data);
        checkpoint = files.shard().resolve("checkpoint");
    }

    /** A directory that was closed, and then has lost a part of its log, which a recovery has found in the store. */
    private void loseAndRecover() throws IOException {
        DamagedDirectory.fill(data).close();
        rememberAnswers();
        FileDamage.flip(files.log().resolve(SEGMENT), EARLY, 1);
        recoverCovered();
        assertEquals(covered, begin().neededSequence());
    }

    private void rememberAnswers() throws IOException {
        final Path reference = temporary.resolve("reference");
        answers = DamagedDirectory.answers(
                new DamagedDirectory(data).copyTo(reference).path());
    }

    private void recoverCovered() {
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        final Loss loss = report.shards().get(0).losses().get(0);
        assertTrue(loss.isCovered(), () -> "" + report.lines());
        covered = loss.lastSequence();
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }

    private RecoveryReport recover() {
        return DirectoryRecovery.recover(DamagedDirectory.context(data));
    }

    private Engine launch() {
        return TollgateEngine.launch(DamagedDirectory.context(data));
    }

    private LogBegin begin() {
        return LogBegin.of(new SystemFileAccess(), files.log());
    }

    private void requireRefused(final String expected) {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> launch().close());
        assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
    }

    /** The store alone would do, until it is opened and killed. */
    @Test
    void shouldBeMissedWhereTheStoreIsClosed() throws IOException {
        loseAndRecover();
        DamagedDirectory.delete(checkpoint);
        requireRefused("neededSequence=" + covered + ", as the log has lost what a checkpoint had");
        assertFalse(recover().isPromiseBroken());
        assertTrue(Files.exists(checkpoint.resolve("clean")));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    @Test
    void shouldBeToldAsLostWhereNothingElseHasIt() throws IOException {
        loseAndRecover();
        DamagedDirectory.delete(checkpoint);
        Files.delete(files.shard().resolve("series-0.map"));
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        final Loss loss = report.shards().get(0).losses().get(0);
        assertEquals(covered, loss.lastSequence());
        assertFalse(loss.isCovered());
        requireToldOnce();
    }

    private void requireToldOnce() {
        assertEquals(0, begin().neededSequence());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        requireNothingTold();
    }

    private void requireNothingTold() {
        final RecoveryReport again = recover();
        assertFalse(again.isPromiseBroken(), () -> "" + again.lines());
        assertEquals(List.of(), again.shards().get(0).losses());
    }

    /** What was killed has nothing but the checkpoint to start from. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeMissedWhereTheEngineWasKilled(final boolean isOlderLeft) throws IOException {
        final Path killed = temporary.resolve("killed");
        loseBehindACheckpoint();
        try (Engine engine = launch()) {
            new DamagedDirectory(data).copyTo(killed);
            assertTrue(engine.now() > 0);
        }
        DamagedDirectory.put(killed, data);
        DamagedDirectory.delete(checkpoint);
        if (!isOlderLeft) {
            DamagedDirectory.delete(files.shard().resolve("checkpoint.old"));
        }
        requireRefused("neededSequence=" + covered);
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        requireToldOnce();
    }

    /** Beside the checkpoint that has what was lost stands the one before, which ends before that. */
    private void loseBehindACheckpoint() throws IOException {
        DamagedDirectory.fillWithCheckpoints(data, 1, CheckpointPolicy.ON_REQUEST, 0)
                .close();
        final Path segment = files.log().resolve(SEGMENT);
        final long older = ShardCheckpoint.sequence(checkpoint);
        rememberAnswers();
        made = new DamagedDirectory(data).operations();
        FileDamage.flip(segment, FileDamage.usedLength(segment) - 400, 1);
        recoverCovered();
        assertTrue(covered > older, () -> "covered=" + covered + " older=" + older);
        assertEquals(older, ShardCheckpoint.sequence(files.shard().resolve("checkpoint.old")));
        assertEquals(covered, begin().neededSequence());
    }

    /** None is made without it, and no copy, while an engine goes on beside what was deleted. */
    @Test
    void shouldNotBeReplacedByOneThatLacksWhatItHas() throws IOException {
        loseAndRecover();
        try (Engine engine = launch()) {
            DamagedDirectory.delete(checkpoint);
            for (final Runnable call :
                    List.<Runnable>of(engine::checkpoint, () -> engine.backup(temporary.resolve("backup")))) {
                final IllegalStateException refusal = assertThrows(IllegalStateException.class, call::run);
                assertTrue(refusal.getMessage().contains("neededSequence=" + covered), refusal::getMessage);
                assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
            }
            assertFalse(Files.exists(checkpoint));
        }
    }

    /** The checkpoint was made behind the loss, of a store that never had what was lost. */
    @Test
    void shouldNotTellOfALossAgainWithACheckpointThatNeverHadIt() throws IOException {
        loseForGood();
        final Path killed = temporary.resolve("killed-again");
        try (Engine engine = launch()) {
            engine.checkpoint();
            new DamagedDirectory(data).copyTo(killed);
        }
        DamagedDirectory.put(killed, data);
        FileDamage.flip(checkpoint.resolve("header"), 9, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        requireNothingTold();
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
        requireToldOnce();
    }

    /** The log does not say any more where it begins, and so begins with a loss, which the checkpoints have. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "gone"})
    void shouldBeMissedWhereTheLogHasLostWhereItBegins(final String how) throws IOException {
        DamagedDirectory.fillWithCheckpoints(data).close();
        rememberAnswers();
        final long needed = begin().neededSequence();
        assertTrue(needed > 0, () -> "needed=" + needed);
        if (how.equals("gone")) {
            Files.delete(LogBegin.file(files.log()));
        } else {
            FileDamage.flip(LogBegin.file(files.log()), 17, 1);
        }
        recoverCovered();
        assertEquals(1, begin().firstSequence());
        assertEquals(needed, begin().neededSequence());
        requireBothCheckpointsKept();
        DamagedDirectory.delete(checkpoint);
        DamagedDirectory.delete(files.shard().resolve("checkpoint.old"));
        requireRefused("neededSequence=" + needed);
        assertFalse(recover().isPromiseBroken());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    /** Whoever keeps all of the log from here on keeps two of them, too: whichever is damaged, the other one does. */
    private void requireBothCheckpointsKept() throws IOException {
        try (Engine engine = launch()) {
            engine.checkpoint();
        }
        assertTrue(Files.exists(files.shard().resolve("checkpoint.old")));
        FileDamage.flip(checkpoint.resolve("header"), 9, 1);
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(answers, DamagedDirectory.answers(data));
        try (Engine engine = launch()) {
            engine.checkpoint();
        }
        assertTrue(Files.exists(files.shard().resolve("checkpoint.old")));
    }

    /** Nobody has what is said to be needed: the log is whole, and says so when it is repaired. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotBeMissedWhereTheLogLacksNothing(final boolean isClosed) throws IOException {
        final Path killed = temporary.resolve("killed");
        try (Engine engine = DamagedDirectory.fill(data)) {
            new DamagedDirectory(data).copyTo(killed);
            assertTrue(engine.now() > 0);
        }
        rememberAnswers();
        if (!isClosed) {
            DamagedDirectory.put(killed, data);
        }
        final long directoryId = new ShardFolder(files.shard(), 0).directoryId(new SystemFileAccess());
        LogBegin.writeRepaired(new SystemFileAccess(), files.log(), directoryId, 0, 1, 1L << 40);
        requireRefused("neededSequence=" + (1L << 40));
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(0, begin().neededSequence());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        assertEquals(answers, DamagedDirectory.answers(data));
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {false, true})
    void shouldBeFoundWhateverIsDoneToTheFilesBesideIt(final boolean isClosed) throws IOException {
        final Random random = new Random(TestSeed.of("NeededCheckpointTest"));
        final Path killed = temporary.resolve("killed");
        loseBehindACheckpoint();
        try (Engine engine = launch()) {
            new DamagedDirectory(data).copyTo(killed);
            assertTrue(engine.now() > 0);
        }
        final DamagedDirectory source = new DamagedDirectory(isClosed ? data : killed);
        final FileDamage damage = new FileDamage(source, temporary.resolve("scratch"), () -> made);
        final List<String> files = source.files();
        damage.loseFile("shard-0/log/begin");
        damage.loseFile(files.get(random.nextInt(files.size())));
        damage.exchange("shard-0/log/begin", random);
        damage.exchange(files.get(random.nextInt(files.size())), random);
        damage.damageAtRandom(3, random);
    }

    @Test
    void shouldBeMissedInABackupToo() throws IOException {
        loseAndRecover();
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(new EngineContext().directory(data), backup);
        assertEquals(begin(), LogBegin.of(new SystemFileAccess(), new ShardFiles(backup).log()));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        assertEquals(answers, DamagedDirectory.answers(backup));
    }

    /** Else the copy would not know what it lacks. */
    @Test
    void shouldNotBeBackedUpWhereNothingTellsThatItIsNeeded() throws IOException {
        loseAndRecover();
        FileDamage.flip(LogBegin.file(files.log()), 17, 1);
        final EngineContext context = new EngineContext().directory(data);
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryBackup.make(context, temporary.resolve("backup")));
        assertTrue(refusal.getMessage().contains("begin position=0: found bytes"), refusal::getMessage);
        assertFalse(recover().isPromiseBroken());
        assertEquals(covered, begin().neededSequence());
    }

    /** What the log has lost it needs as long as it has the record of that, and the segments before it. */
    @Test
    void shouldBeNeededWhereOldSegmentsGo() throws IOException {
        loseBehindACheckpoint();
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.deletingOldLog();
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(data).checkpoints(policy))) {
            for (int stretch = 1; begin().firstSequence() == 1; stretch++) {
                assertEquals(covered, begin().neededSequence());
                Stretches.feed(engine, Stretches.define(engine, "needed.stretches"), stretch);
            }
        }
        assertTrue(begin().isRepaired());
        assertEquals(Math.max(covered, begin().firstSequence() - 1), begin().neededSequence());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }
}
