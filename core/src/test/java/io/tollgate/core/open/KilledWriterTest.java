package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.EngineContext;
import io.tollgate.core.KeptRegistrations;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.WriterPhases;
import io.tollgate.core.faults.WriterPhases.Phase;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Acknowledged;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writing process is killed at random instants, again and again. It makes the directory, writes events, batches,
 * revisions and withdrawals, closes series with successors, and forgets history. It changes log segments, makes
 * checkpoints and backups, deletes old log, closes, and recovers. Every other kill is aimed at one of these phases in
 * turn. The kill comes a random time after the writer reports the phase, or while the writer is held in it. No
 * acknowledged operation may be missing, at any durability, and each batch exists as a whole or not at all. All metrics
 * equal those of an engine that was never killed, and for one lane in turn those of an oracle. The same holds for
 * copies made by another process meanwhile.
 *
 * <p>Every second directory belongs to a full engine, on each clock in turn. A full engine has windows and a group by
 * pattern. It also has a subscription and watches on the group, which end and begin again all the time. Acknowledged
 * registrations survive. The group and the subscription continue like those of an engine that was never killed.
 */
public class KilledWriterTest {
    static final int LANES = 4;
    /** So many kills aim at each phase at least once. */
    private static final int MANY = 24;

    private static final int MAX_LIFE_MS = 800;
    private static final int MAX_WRITING_MS = 300;
    private static final int MAX_START_MS = 60_000;
    private static final int POLL_MS = 5;
    private static final int MAX_MAKING_MS = 200;
    private static final int MAX_PHASE_MS = 10;
    private static final int MAX_CALLS_ELSE = 12;
    private static final Map<Phase, Integer> MAX_CALLS = Map.of(Phase.BACKUP, 100, Phase.RECOVERING, 40);
    private static final List<String> LEVELS = List.of("NONE", "INTERVAL:5", "COMMIT");

    /** The number of times to let each phase pass before the kill. */
    private static final Map<Phase, Integer> AIMS = new EnumMap<>(Map.ofEntries(
            Map.entry(Phase.MAKING, 1),
            Map.entry(Phase.RECOVERING, 1),
            Map.entry(Phase.BATCH, 20),
            Map.entry(Phase.REVISION, 2),
            Map.entry(Phase.CHECKPOINT, 2),
            Map.entry(Phase.SEGMENT_CHANGE, 2),
            Map.entry(Phase.REGISTRATION, 3),
            Map.entry(Phase.DUTY_CYCLE, 2_000),
            Map.entry(Phase.AUTOMATIC_CHECKPOINT, 2),
            Map.entry(Phase.BACKUP, 3),
            Map.entry(Phase.CLOSING, 1)));

    /** The clocks of full engines, whose points have knowledge times in each mode. */
    private static final List<ClockMode> MODES = List.of(ClockMode.EVENT, ClockMode.SYSTEM, ClockMode.KNOWLEDGE);

    @TempDir
    private Path temporary;

    private Random random;

    /** The clock of the directory, present if it belongs to a full engine. */
    private Optional<ClockMode> full = Optional.empty();

    private int fullCount;
    private final Map<Phase, Integer> hits = new EnumMap<>(Phase.class);
    private int unverifiedCount;
    private long endingCount;
    private int namedBackupCount;

    @Test
    void shouldLoseNothingInAKill() throws Exception {
        kill(5);
    }

    @Test
    @Tag("nightly")
    void shouldLoseNothingInAThousandKills() throws Exception {
        kill(1_000);
    }

    private void kill(final int rounds) throws Exception {
        random = new Random(TestSeed.of("KilledWriterTest"));
        final List<Phase> aims = List.copyOf(AIMS.keySet());
        final int firstAim = random.nextInt(aims.size());
        Path directory = temporary.resolve("data");
        setFull(random.nextBoolean());
        Acknowledged acknowledged = Acknowledged.NOTHING;
        for (int i = 0; i < rounds; i++) {
            final int turn = i / 2;
            final Phase aim = aims.get((firstAim + turn) % aims.size());
            if (i % 2 == 1) {
                if (aim == Phase.MAKING) {
                    FileTree.delete(new SystemFileAccess(), directory);
                    acknowledged = Acknowledged.NOTHING;
                }
                while (aim == Phase.RECOVERING && !isLeftOpen(directory)) {
                    acknowledged = killAnywhere(acknowledged, directory);
                }
                if (aim == Phase.REGISTRATION && full.isEmpty()) {
                    setFull(true);
                } else if (aim == Phase.DUTY_CYCLE) {
                    // The agents read only this clock.
                    full = Optional.of(ClockMode.SYSTEM);
                }
                acknowledged = killIn(aim, turn / aims.size() % 2 == 0, acknowledged, directory);
            } else {
                acknowledged = killAnywhere(acknowledged, directory);
            }
            // Some directories are killed again without a check, also during recovery.
            final boolean isLast = i == rounds - 1 || random.nextInt(5) == 0;
            if (Files.exists(directory) && (isLast || random.nextInt(3) > 0)) {
                look(directory);
                requireAllOf(directory, acknowledged, "round " + i);
            } else {
                unverifiedCount++;
            }
            if (isLast) {
                FileTree.delete(new SystemFileAccess(), directory);
                directory = temporary.resolve("data-" + i);
                setFull(full.isEmpty());
                acknowledged = Acknowledged.NOTHING;
            }
        }
        System.out.println(
                "KilledWriterTest: kills=" + rounds + " underWay=" + hits + " namedBackups=" + namedBackupCount);
        assertTrue(
                rounds < MANY || hits.keySet().containsAll(AIMS.keySet()),
                () -> "never killed in one of " + AIMS.keySet() + ": " + hits);
        assertTrue(rounds < MANY || unverifiedCount < rounds, "no directory was verified");
        assertTrue(rounds < MANY || endingCount > 0, "no series was closed");
    }

    /** Returns true if an opening would find the files of a kill and no clean close. */
    private static boolean isLeftOpen(final Path directory) {
        return Files.exists(directory.resolve(CountersFile.FILE_NAME)) && !new DirectoryFiles(directory).isClosed();
    }

    /** Makes the next directory, or the rest of this one's life, that of a full engine or of a plain one. */
    private void setFull(final boolean isFull) {
        full = isFull ? Optional.of(MODES.get(fullCount++ % MODES.size())) : Optional.empty();
    }

    private void look(final Path directory) {
        if (random.nextBoolean()) {
            final DirectoryCheck check = DirectoryCheck.of(directory);
            assertNotEquals(DirectoryCheck.State.DAMAGED, check.state(), check::toString);
        }
        if (random.nextInt(4) == 0) {
            final RecoveryReport report =
                    InPlaceRecovery.recover(TestContext.plain().directory(directory));
            assertEquals(List.of(), report.losses(), () -> "" + report.lines());
            assertEquals(
                    DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        }
    }

    /** Starts a writing process that prints its acknowledgements. */
    public static Process write(final Path directory, final boolean isAutomatic, final Path output) throws IOException {
        WriterPhases.anywhere(phasesFile(output)).close();
        return start(false, directory, isAutomatic, "NONE", Acknowledged.NOTHING, Optional.empty(), output);
    }

    private static Path phasesFile(final Path output) {
        return output.resolveSibling(output.getFileName() + ".phases");
    }

    private static Process start(
            final boolean isCompiledWell,
            final Path directory,
            final boolean isAutomatic,
            final String level,
            final Acknowledged acknowledged,
            final Optional<ClockMode> full,
            final Path output)
            throws IOException {
        final String compiler = "-XX:TieredStopAtLevel=" + (isCompiledWell ? 4 : 1);
        final List<String> command = TestJvm.command(WriterProcess.class, compiler, "-XX:+UseSerialGC", "-Xshare:auto");
        command.addAll(List.of(directory.toString(), Boolean.toString(isAutomatic)));
        command.addAll(List.of(phasesFile(output).toString(), level, acknowledged.toString()));
        full.ifPresent(mode -> command.add(mode.name()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
    }

    private String level() {
        return LEVELS.get(random.nextInt(LEVELS.size()));
    }

    /** Runs a writer for a while and kills it. Returns all acknowledgements so far. */
    private Acknowledged killAnywhere(final Acknowledged before, final Path directory)
            throws IOException, InterruptedException {
        final Path output = directory.resolveSibling("output");
        try (WriterPhases phases = WriterPhases.anywhere(phasesFile(output))) {
            // In every other round the writer also makes automatic checkpoints and deletes old log.
            final Process process =
                    start(random.nextInt(3) == 0, directory, random.nextBoolean(), level(), before, full, output);
            // In some rounds the kill comes only while it writes, in the others also before.
            final boolean isWriting = random.nextInt(4) == 0;
            for (int ms = 0; isWriting && Files.size(output) == 0 && ms < MAX_START_MS; ms += POLL_MS) {
                requireAlive(process, POLL_MS);
            }
            if (isWriting && random.nextBoolean()) {
                backUp(directory, before.or(Acknowledged.in(output)).continuing());
            }
            requireAlive(process, random.nextInt(isWriting ? MAX_WRITING_MS : MAX_LIFE_MS));
            kill(process);
            assertTrue(!isWriting || Files.size(output) > 0, "the process never wrote");
            phases.underWay().forEach(phase -> hits.merge(phase, 1, Integer::sum));
            return before.or(Acknowledged.in(output));
        }
    }

    /** Runs a writer until it is in a phase and kills it. Returns all acknowledgements so far. */
    private Acknowledged killIn(final Phase aim, final boolean isHeld, final Acknowledged before, final Path directory)
            throws IOException, InterruptedException {
        final Path output = directory.resolveSibling("output");
        final int passes = random.nextInt(AIMS.get(aim));
        final int calls = random.nextInt(MAX_CALLS.getOrDefault(aim, MAX_CALLS_ELSE));
        try (WriterPhases phases = WriterPhases.in(phasesFile(output), aim, passes, calls, isHeld)) {
            final boolean isAutomatic = random.nextBoolean() || aim == Phase.AUTOMATIC_CHECKPOINT;
            final Process process =
                    start(random.nextInt(3) == 0, directory, isAutomatic, level(), before, full, output);
            for (int ms = 0; !phases.isReached() && ms < MAX_START_MS; ms += POLL_MS) {
                requireAlive(process, POLL_MS);
            }
            requireAlive(process, random.nextInt(aim == Phase.MAKING && !isHeld ? MAX_MAKING_MS : MAX_PHASE_MS));
            kill(process);
            assertTrue(phases.isReached(), () -> "the process never came to " + aim);
            assertTrue(!isHeld || phases.underWay().contains(aim), () -> aim + ", but " + phases.underWay());
            phases.underWay().forEach(phase -> hits.merge(phase, 1, Integer::sum));
            final Acknowledged acknowledged = before.or(Acknowledged.in(output));
            if (phases.underWay().contains(Phase.BACKUP)) {
                requireBackup(directory, acknowledged);
            } else {
                // The backup that the writer had made or had not completely deleted.
                FileTree.delete(new SystemFileAccess(), backupOf(directory));
            }
            return acknowledged;
        }
    }

    private static void kill(final Process process) throws InterruptedException {
        assertNotEquals(WriterProcess.FAILED, process.destroyForcibly().waitFor(), "the process has failed");
    }

    private static void requireAlive(final Process process, final int ms) throws InterruptedException {
        assertFalse(process.waitFor(ms, TimeUnit.MILLISECONDS), "the process ended by itself");
    }

    /** Copies the directory while the other process writes to it and makes checkpoints. */
    private void backUp(final Path directory, final Acknowledged acknowledged) throws IOException {
        final Path backup = backupOf(directory);
        DirectoryBackup.make(TestContext.plain().directory(directory), backup);
        requireAllOf(backup, acknowledged, "backup");
        FileTree.delete(new SystemFileAccess(), backup);
    }

    /** Returns the target of the next backup of a directory. */
    static Path backupOf(final Path directory) {
        return directory.resolveSibling("backup");
    }

    /** Requires that a backup is complete or reported as incomplete. */
    private void requireBackup(final Path directory, final Acknowledged acknowledged) throws IOException {
        final Path backup = backupOf(directory);
        if (Files.exists(new DirectoryFiles(backup).manifestFile()) && new DirectoryFiles(backup).isClosed()) {
            namedBackupCount++;
            requireAllOf(backup, acknowledged, "backup of a killed engine");
        } else if (Files.exists(backup)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> DirectoryView.open(backup).close());
        }
        FileTree.delete(new SystemFileAccess(), backup);
        backUp(directory, acknowledged);
    }

    private void requireAllOf(final Path directory, final Acknowledged acknowledged, final String what) {
        final EngineContext context = Lanes.context().directory(directory);
        full.ifPresent(context::clockMode);
        try (Engine engine = TollgateEngine.launch(context)) {
            for (int lane = 0; lane < LANES; lane++) {
                requireAtLeast(acknowledged.operations(), Lanes.numberIn(engine, lane), what + " lane=" + lane);
            }
            Lanes.requireSame(engine, LANES, what);
            requireAtLeast(acknowledged.lived(), Lives.numberIn(engine), what + " in series that end");
            final long endings = Lives.endingsIn(engine);
            requireAtLeast(acknowledged.endings(), endings, what + " endings");
            Lives.requireSame(engine, what);
            endingCount += endings;
            // Every fourth check compares all lanes, because the oracle is slow.
            final int compared = random.nextInt(4) == 0 ? LANES : 1;
            for (int lane = random.nextInt(LANES), i = 0; i < compared; i++) {
                Lanes.requireOracle(engine, (lane + i) % LANES, what);
            }
            if (full.isPresent()) {
                new KeptRegistrations(engine).require(acknowledged.turn(), what + " clock=" + full);
                KeptRegistrations.requireSame(engine, LANES, what + " clock=" + full);
            }
        }
    }

    static void requireAtLeast(final long acknowledged, final long found, final String what) {
        assertTrue(found >= acknowledged, () -> what + " found=" + found + " acknowledged=" + acknowledged);
    }
}
