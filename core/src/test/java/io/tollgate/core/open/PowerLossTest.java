package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Durability;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.KeptRegistrations;
import io.tollgate.core.KeptRegistrations.Turn;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryRecovery;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.faults.OnDisk;
import io.tollgate.core.faults.PowerLoss;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Dependents;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power fails before and after calls to the disk, at each durability, also during checkpoints and deletions of old
 * log. The disk then has some unforced sectors and not others, in any order. Operations acknowledged as durable
 * survive. Each lane keeps a prefix of the others, or the opening reports a loss and a recovery names it.
 */
class PowerLossTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 400;
    private static final int LIVES = 2;
    private static final int OPERATIONS_OF_AWAIT = 25;
    private static final int OPERATIONS_OF_TURN = 50;
    private static final int OPERATIONS_OF_LOSS = 60;
    private static final int OPERATIONS_OF_CHECKPOINT = 60;
    private static final int MAX_OPERATIONS_OF_KILLED = 1_000;
    private static final int BOUNDARIES_AFTER_KILL = 30;
    private static final int LOSSES_AFTER_KILL = 8;
    private static final CheckpointPolicy SHORT_LOG = CheckpointPolicy.ON_REQUEST.deletingOldLog();

    @TempDir(factory = OnDisk.class)
    private Path temporary;

    private Random random;
    private int writingLossCount;
    private int lossCount;

    /** The number of operations of each lane acknowledged as durable. */
    private long durable;

    /** The number of durable operations in series that end, and the number of ends before them. */
    private long durableLived;

    private long durableEndings;

    private Turn turn = Turn.NONE;

    private Turn durableTurn = Turn.NONE;

    /** The number of operations of each lane that the engine reported as durable to a query, without a wait. */
    private final long[] askedDurable = new long[LANES];

    private final List<Deque<Long>> unaskedTickets = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private Optional<Engine> writer = Optional.empty();
    private int aheadCount;

    @BeforeEach
    void seed() {
        random = new Random(TestSeed.of("PowerLossTest"));
    }

    @ParameterizedTest
    @CsvSource({"NONE, 60", "INTERVAL:1, 60", "COMMIT, 600"})
    void shouldKeepDurableOperationsWhenThePowerFails(final String level, final int interval) throws IOException {
        write(Durability.parse(level), interval);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepDurableOperationsInAPowerLossAroundACheckpoint(final String level) throws IOException {
        writeWithCheckpoints(Durability.parse(level), level.equals("NONE") ? 120 : 800);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepDurableOperationsAtEveryBoundary(final String level) throws IOException {
        write(Durability.parse(level), 1);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepDurableOperationsAtEveryBoundaryAroundACheckpoint(final String level) throws IOException {
        writeWithCheckpoints(Durability.parse(level), 1);
    }

    @Test
    void shouldHaveNothingToRecoverIfAllWasForced() throws IOException {
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        try (Engine writer = TollgateEngine.launch(context(disk, Durability.COMMIT))) {
            final Lanes lanes = new Lanes(writer, LANES);
            lanes.feed(0, 0, 50);
            writer.awaitDurable(lanes.offer(1, 0));
            disk.fail(temporary.resolve("lost"));
        }
        try (Engine found = TollgateEngine.launch(Lanes.context().directory(temporary.resolve("lost")))) {
            assertEquals(50, Lanes.numberIn(found, 0));
            assertEquals(1, Lanes.numberIn(found, 1));
        }
    }

    /** The next process reports the unforced operations in the log of a killed process as durable. */
    @Test
    void shouldKeepWhatAKilledProcessHasLoggedAndTheNextOneCallsDurable() throws IOException {
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        try (Engine engine = TollgateEngine.launch(context(disk, Durability.NONE))) {
            feedUntilKilled(disk, engine, 0);
        }
        try (Engine engine =
                TollgateEngine.launch(context(disk, Durability.COMMIT).directory(killed()))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int lane = 0; lane < LANES; lane++) {
                engine.awaitDurable(lanes.offer(lane, Lanes.numberIn(engine, lane)));
            }
            durable = Math.min(Lanes.numberIn(engine, 0), Lanes.numberIn(engine, 1));
            for (int i = 0; i < LOSSES_AFTER_KILL; i++) {
                lose(disk, Durability.COMMIT);
            }
        }
    }

    /** The power fails at boundaries while an engine opens or recovers the directory of a killed one. */
    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {false, true})
    void shouldKeepDurableOperationsInAPowerLossAfterAKill(final boolean isRecovered) throws IOException {
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        try (Engine engine = TollgateEngine.launch(context(disk, Durability.NONE))) {
            final Lanes lanes = new Lanes(engine, LANES);
            lanes.feed(0, 0, OPERATIONS_OF_CHECKPOINT);
            lanes.feed(1, 0, OPERATIONS_OF_CHECKPOINT);
            engine.admin().checkpoint();
            feedUntilKilled(disk, engine, OPERATIONS_OF_CHECKPOINT);
        }
        durable = OPERATIONS_OF_CHECKPOINT;
        final PowerLoss last = isRecovered ? recover(disk) : disk;
        loseAtBoundaries(last, Durability.NONE, BOUNDARIES_AFTER_KILL);
        final EngineContext next = context(last, Durability.NONE).directory(isRecovered ? recovered() : killed());
        TollgateEngine.launch(next).close();
        try (Engine engine = TollgateEngine.launch(next)) {
            // A close forces everything.
            durable = Math.min(Lanes.numberIn(engine, 0), Lanes.numberIn(engine, 1));
        }
        assertTrue(durable > OPERATIONS_OF_CHECKPOINT, "durable=" + durable);
        lose(last, Durability.NONE);
        assertTrue(lossCount > 2, "losses=" + lossCount);
    }

    /** Damages the log of a killed engine, recovers the directory, and returns the disk of the result. */
    private PowerLoss recover(final PowerLoss disk) throws IOException {
        damageLog(disk);
        final PowerLoss target = new PowerLoss(recovered(), random);
        final EngineContext source = context(target, Durability.NONE).directory(killed());
        final RecoveryReport report = DirectoryRecovery.recover(source, recovered());
        assertFalse(report.damages().isEmpty(), () -> "report=" + report.lines());
        lose(target, Durability.NONE);
        return target;
    }

    private Path killed() {
        return temporary.resolve("killed");
    }

    private Path recovered() {
        return temporary.resolve("recovered");
    }

    /** Kills an engine after it has changed to a new log segment and has forced neither segment. */
    private void feedUntilKilled(final PowerLoss disk, final Engine engine, final long from) throws IOException {
        final Path log = new DirectoryFiles(temporary.resolve("data")).log();
        disk.onBoundary(() -> {
            if (!Files.exists(killed()) && disk.unforcedSegmentCount(log) > 1) {
                disk.kill(killed());
            }
        });
        final Lanes lanes = new Lanes(engine, LANES);
        for (long number = from; !Files.exists(killed()); number++) {
            assertTrue(number < MAX_OPERATIONS_OF_KILLED, "no segment was left that was not forced");
            lanes.offer(0, number);
            engine.awaitApplied(lanes.offer(1, number));
        }
    }

    /** Changes the log before the checkpoint, on disk too. */
    private void damageLog(final PowerLoss disk) throws IOException {
        final Path segment = new DirectoryFiles(killed()).segment(0);
        try (DataFile damaged = disk.openForWrite(segment)) {
            damaged.writeAll(ByteBuffer.wrap(new byte[Long.BYTES]), 5_000);
            damaged.force();
        }
    }

    private EngineContext context(final HookedFiles disk, final Durability level) {
        return InjectedFiles.inject(Lanes.stepped(temporary.resolve("data")).durability(level), disk)
                .errorHandler(error -> {});
    }

    private PowerLoss losingDisk(final Durability level, final int boundariesOfLoss) {
        // The first power failure is during the creation of the directory, and the last one after the close.
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        loseAtBoundaries(disk, level, boundariesOfLoss);
        return disk;
    }

    /**
     * Fails the power at boundaries, counted separately while an engine writes and otherwise. Each count has at least
     * one failure.
     */
    private void loseAtBoundaries(final PowerLoss disk, final Durability level, final int boundariesOfLoss) {
        final int[] untilNext = {random.nextInt(Math.min(boundariesOfLoss, 10)), random.nextInt(boundariesOfLoss)};
        disk.onBoundary(() -> {
            final int phase = writer.isPresent() ? 1 : 0;
            if (untilNext[phase]-- == 0) {
                untilNext[phase] = boundariesOfLoss - 1;
                writingLossCount += phase;
                lose(disk, level);
            }
        });
    }

    private void write(final Durability level, final int boundariesOfLoss) throws IOException {
        final PowerLoss disk = losingDisk(level, boundariesOfLoss);
        for (int life = 0; life < LIVES; life++) {
            write(disk, level, life * OPERATIONS / LIVES, (life + 1) * OPERATIONS / LIVES);
        }
        assertEquals(LIVES, disk.closeCount());
        lose(disk, level);
        assertTrue(writingLossCount > 0, "the power has never failed in the midst");
    }

    private void write(final PowerLoss disk, final Durability level, final long from, final long to)
            throws IOException {
        try (Engine engine = TollgateEngine.launch(context(disk, level))) {
            writer = Optional.of(engine);
            final Lanes lanes = new Lanes(engine, LANES);
            for (long number = from; number < to; number++) {
                change(engine, number);
                final long first = offer(lanes, 0, number);
                final long second = offer(lanes, 1, number);
                engine.awaitApplied(second);
                if (random.nextInt(40) == 0) {
                    disk.boundary();
                }
                if (number % OPERATIONS_OF_AWAIT == OPERATIONS_OF_AWAIT - 1) {
                    engine.awaitDurable(first);
                    engine.awaitDurable(second);
                    durable = number + 1;
                    durableTurn = turn;
                }
            }
            ask();
            writer = Optional.empty();
        }
        // A close forces everything.
        durable = to;
        durableTurn = turn;
    }

    private void writeWithCheckpoints(final Durability level, final int boundariesOfLoss) throws IOException {
        final PowerLoss disk = losingDisk(level, boundariesOfLoss);
        try (Engine engine = TollgateEngine.launch(context(disk, level).checkpoints(SHORT_LOG))) {
            writer = Optional.of(engine);
            final Lanes lanes = new Lanes(engine, LANES);
            final Lives lives = new Lives(engine);
            final Dependents dependents = new Dependents(engine);
            for (long number = 0; number < OPERATIONS; number++) {
                change(engine, number);
                offer(lanes, 0, number);
                offer(lanes, 1, number);
                dependents.offer(number);
                final long last = lives.offer(number);
                engine.awaitApplied(last);
                if (random.nextInt(OPERATIONS_OF_LOSS) == 0) {
                    lose(disk, level);
                }
                if (number % OPERATIONS_OF_AWAIT == OPERATIONS_OF_AWAIT - 1) {
                    engine.awaitDurable(last);
                    durable = number + 1;
                    durableLived = durable;
                    durableTurn = turn;
                    durableEndings = number / Lives.LENGTH;
                }
                if (number % OPERATIONS_OF_CHECKPOINT == OPERATIONS_OF_CHECKPOINT - 1) {
                    engine.admin().checkpoint();
                }
            }
            assertTrue(engine.admin().statistics().checkpointCounts().deletedSegments() > 0, "no old log was deleted");
            writer = Optional.empty();
        }
        assertTrue(disk.checkpointCount() >= OPERATIONS / OPERATIONS_OF_CHECKPOINT, "no checkpoint was made");
        lose(disk, level);
        assertTrue(writingLossCount > 0, "the power has never failed in the midst");
        assertTrue(!level.equals(Durability.COMMIT) || aheadCount > 0, "no operation became durable without a wait");
    }

    /** Changes the registrations from time to time. They become durable with the points after them. */
    private void change(final Engine engine, final long number) {
        if (number % OPERATIONS_OF_TURN == 0) {
            turn = turn.changing();
            new KeptRegistrations(engine).change(number + 1);
            turn = new Turn(number + 1, false);
        }
    }

    private long offer(final Lanes lanes, final int lane, final long number) {
        final long ticket = lanes.offer(lane, number);
        unaskedTickets.get(lane).add(ticket);
        return ticket;
    }

    /** Asks the engine how much of each lane is durable, unless it is being closed. */
    private void ask() {
        if (writer.isEmpty()) {
            return;
        }
        for (int lane = 0; lane < LANES; lane++) {
            final Deque<Long> tickets = unaskedTickets.get(lane);
            while (!tickets.isEmpty() && writer.get().isDurable(tickets.peek())) {
                tickets.remove();
                askedDurable[lane]++;
            }
            aheadCount += askedDurable[lane] > durable ? 1 : 0;
        }
    }

    private void lose(final PowerLoss disk, final Durability level) throws IOException {
        ask();
        final String what = "level=" + level + " loss=" + lossCount + " durable=" + durable;
        final Path lost = temporary.resolve("lost-" + lossCount++);
        disk.fail(lost);
        boolean isIntact = isOpened(lost, what);
        if (!isIntact) {
            final RecoveryReport report =
                    InPlaceRecovery.recover(TestContext.plain().directory(lost));
            assertFalse(report.isPromiseBroken(), () -> what + ": " + report.lines());
            isIntact = report.losses().stream().allMatch(Loss::isCovered);
        }
        try (Engine found = TollgateEngine.launch(reading(lost))) {
            if (isIntact) {
                Lanes.requireSame(found, LANES, what);
                Lives.requireSameButEndings(found, what);
                Dependents.requireIntact(found, what);
            }
            for (int lane = 0; lane < LANES; lane++) {
                requireAtLeast(
                        Math.max(durable, askedDurable[lane]), Lanes.numberIn(found, lane), what + " lane=" + lane);
            }
            new KeptRegistrations(found).require(durableTurn.before(turn), what);
            requireAtLeast(durableLived, Lives.numberIn(found), what + " in series that end");
            requireAtLeast(durableLived, Dependents.numberIn(found), what + " with dependents");
            requireAtLeast(durableEndings, Lives.endingsIn(found), what + " endings");
        }
        FileTree.delete(new SystemFileAccess(), lost);
    }

    /** Returns true if an opening accepts the remaining files. Otherwise the opening asks for a recovery. */
    private boolean isOpened(final Path lost, final String what) {
        try (Engine found = TollgateEngine.launch(reading(lost))) {
            return found != null;
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains("run recover"), () -> what + ": " + e);
            return false;
        }
    }

    private EngineContext reading(final Path lost) {
        return Lanes.stepped(lost).errorHandler(error -> {});
    }

    private static void requireAtLeast(final long promised, final long found, final String what) {
        assertTrue(found >= promised, () -> what + " found=" + found + " promised=" + promised);
    }
}
