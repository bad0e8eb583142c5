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
import io.tollgate.core.faults.PowerLoss;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One force fails, each in turn, and later ones succeed. The data of the failed force is lost, because Linux drops the
 * pages and reports that once. A power failure then loses no durable operation and no registration.
 */
class FailedForceTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 100;
    private static final int OPERATIONS_OF_AWAIT = 10;
    private static final int OPERATIONS_OF_TURN = 15;

    @TempDir
    private Path temporary;

    private final Random random = new Random(TestSeed.of("FailedForceTest"));

    /** The number of operations of each lane acknowledged as durable, and as applied. */
    private long durable;

    private long applied;

    private Turn turn = Turn.NONE;

    private Turn durableTurn = Turn.NONE;

    @ParameterizedTest
    @CsvSource({"NONE, 25", "INTERVAL:1, 40", "COMMIT, 100"})
    void shouldCallNothingDurableOverAFailedForce(final String level, final int step) throws IOException {
        failAtEach(Durability.parse(level), step);
    }

    @ParameterizedTest
    @Tag("ci")
    @CsvSource({"NONE, 9", "INTERVAL:1, 15", "COMMIT, 30"})
    void shouldCallNothingDurableOverManyAFailedForce(final String level, final int step) throws IOException {
        failAtEach(Durability.parse(level), step);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldCallNothingDurableOverAnyFailedForce(final String level) throws IOException {
        failAtEach(Durability.parse(level), 1);
    }

    private void failAtEach(final Durability level, final int step) throws IOException {
        boolean hasFailed = true;
        int failures = 0;
        for (int k = random.nextInt(step); hasFailed; k += step) {
            durable = 0;
            applied = 0;
            turn = Turn.NONE;
            durableTurn = Turn.NONE;
            final Path directory = temporary.resolve("data-" + k);
            final PowerLoss disk = new PowerLoss(directory, random);
            disk.failForce(k);
            write(directory, level, disk);
            hasFailed = disk.hasFailed();
            failures += hasFailed ? 1 : 0;
            final String what = "level=" + level + " force=" + k;
            final Path lost = temporary.resolve("lost-" + k);
            disk.fail(lost);
            requireAtLeast(applied, turn, directory, what + " without a power failure");
            requireAtLeast(durable, durableTurn.before(turn), lost, what);
            FileTree.delete(new SystemFileAccess(), directory);
            FileTree.delete(new SystemFileAccess(), lost);
        }
        // The run has more forces than the step is long, but perhaps less than twice as many.
        assertTrue(failures > 0, "no force to fail");
        assertEquals(OPERATIONS, durable, "without a failure");
    }

    /** Writes until the engine reports its failure. */
    private void write(final Path directory, final Durability level, final PowerLoss disk) {
        final List<Throwable> recorded = new ArrayList<>();
        final EngineContext context = InjectedFiles.inject(
                        Lanes.stepped(directory).durability(level), disk)
                .errorHandler(recorded::add);
        try (Engine engine = TollgateEngine.launch(context)) {
            final Lanes lanes = new Lanes(engine, LANES);
            final KeptRegistrations kept = new KeptRegistrations(engine);
            for (long number = 0; number < OPERATIONS; number++) {
                if (number % OPERATIONS_OF_TURN == 0) {
                    turn = turn.changing();
                    kept.change(number + 1);
                    turn = new Turn(number + 1, false);
                }
                final long first = lanes.offer(0, number);
                final long second = lanes.offer(1, number);
                engine.awaitApplied(second);
                applied = number + 1;
                if (number % OPERATIONS_OF_AWAIT == OPERATIONS_OF_AWAIT - 1) {
                    engine.awaitDurable(first);
                    engine.awaitDurable(second);
                    durable = number + 1;
                    durableTurn = turn;
                }
            }
        } catch (final RuntimeException | AssertionError e) {
            recorded.add(e);
            assertTrue(disk.hasFailed(), () -> "failed without a failure of the disk: " + e);
            assertTrue(
                    recorded.stream().anyMatch(FailedForceTest::isOfTheDisk),
                    () -> "the failure was not reported: " + recorded);
        }
    }

    private static boolean isOfTheDisk(final Throwable error) {
        return error != null && ("Input/output error".equals(error.getMessage()) || isOfTheDisk(error.getCause()));
    }

    private void requireAtLeast(
            final long acknowledged, final Turn registered, final Path directory, final String what) {
        try (Engine engine = open(directory)) {
            for (int lane = 0; lane < LANES; lane++) {
                final long found = Lanes.numberIn(engine, lane);
                assertTrue(found >= acknowledged, what + ": found=" + found + " acknowledged=" + acknowledged);
            }
            new KeptRegistrations(engine).require(registered, what);
        }
    }

    /** The unforced part of the log may have gaps, which need a recovery. */
    private static Engine open(final Path directory) {
        final EngineContext context = Lanes.stepped(directory).errorHandler(error -> {});
        try {
            return TollgateEngine.launch(context);
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains("run recover"), e::toString);
            final RecoveryReport report =
                    InPlaceRecovery.recover(TestContext.plain().directory(directory));
            assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
            return TollgateEngine.launch(context);
        }
    }
}
