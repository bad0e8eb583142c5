package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Durability;
import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power fails at each boundary of a write, at each level of durability: of what was not forced the disk has some
 * sectors and not others, in any order. What was acknowledged as durable is there; of the rest there is a beginning of
 * each lane, or the opening says that something is missing, and a recovery names it.
 */
class PowerLossTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 400;
    private static final int OPERATIONS_OF_AWAIT = 25;

    @TempDir
    private Path temporary;

    private Random random;
    private Engine engine;
    private int lossCount;
    private int recoveryCount;

    /** How many operations of each lane were acknowledged as durable. */
    private long durable;

    @BeforeEach
    void seed() {
        random = new Random(TestSeed.of("PowerLossTest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepWhatIsDurableWhenThePowerFails(final String level) throws IOException {
        write(Durability.parse(level), level.equals("NONE") ? 12 : 200);
        assertTrue(lossCount > 1, "losses=" + lossCount);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepWhatIsDurableWhereverThePowerFails(final String level) throws IOException {
        write(Durability.parse(level), level.equals("NONE") ? 4 : 60);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldKeepWhatIsDurableAtEveryBoundary(final String level) throws IOException {
        write(Durability.parse(level), 1);
    }

    @Test
    void shouldHaveNothingToRecoverWhereAllWasForced() throws IOException {
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        try (Engine writer = TollgateEngine.launch(context(disk, Durability.COMMIT))) {
            final Lanes lanes = new Lanes(writer, LANES);
            lanes.feed(0, 0, 50);
            writer.awaitDurable(lanes.offer(1, 0));
            disk.fail(temporary.resolve("lost"));
        }
        try (Engine found = TollgateEngine.launch(Lanes.context(1).directory(temporary.resolve("lost")))) {
            assertEquals(50, Lanes.numberIn(found, 0));
            assertEquals(1, Lanes.numberIn(found, 1));
        }
    }

    private EngineContext context(final HookedFiles disk, final Durability level) {
        return Lanes.context(1)
                .directory(temporary.resolve("data"))
                .stepped(true)
                .durability(level)
                .fileAccess(disk)
                .errorHandler(told -> {});
    }

    private void write(final Durability level, final int boundariesOfLoss) throws IOException {
        // The first loss is one while the directory is being made, the last comes when all is closed.
        final int[] boundaries = {boundariesOfLoss - random.nextInt(Math.min(boundariesOfLoss, 10))};
        final PowerLoss disk = new PowerLoss(temporary.resolve("data"), random);
        disk.onBoundary(() -> {
            if (boundaries[0]++ % boundariesOfLoss == 0) {
                lose(disk, level);
            }
        });
        engine = TollgateEngine.launch(context(disk, level));
        try (Engine writer = engine) {
            final Lanes lanes = new Lanes(writer, LANES);
            for (long number = 0; number < OPERATIONS; number++) {
                final long first = lanes.offer(0, number);
                final long second = lanes.offer(1, number);
                writer.awaitApplied(second);
                if (random.nextInt(40) == 0) {
                    disk.boundary();
                }
                if (number % OPERATIONS_OF_AWAIT == OPERATIONS_OF_AWAIT - 1) {
                    writer.awaitDurable(first);
                    writer.awaitDurable(second);
                    durable = number + 1;
                }
            }
        }
        lose(disk, level);
    }

    private void lose(final PowerLoss disk, final Durability level) throws IOException {
        final String what = "level=" + level + " loss=" + lossCount + " durable=" + durable;
        final Path lost = temporary.resolve("lost-" + lossCount++);
        disk.fail(lost);
        final EngineContext context =
                Lanes.context(1).directory(lost).stepped(true).errorHandler(told -> {});
        boolean isWhole = true;
        try (Engine found = TollgateEngine.launch(context)) {
            Lanes.requireSame(found, LANES, what);
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains("run recover"), () -> what + ": " + e);
            isWhole = false;
        }
        if (!isWhole) {
            recoveryCount++;
            final RecoveryReport report = DirectoryRecovery.recover(new EngineContext().directory(lost));
            assertFalse(report.isPromiseBroken(), () -> what + ": " + report.lines());
        }
        try (Engine found =
                TollgateEngine.launch(Lanes.context(1).directory(lost).stepped(true))) {
            for (int lane = 0; lane < LANES; lane++) {
                final long number = Lanes.numberIn(found, lane);
                assertTrue(number >= durable, what + " found=" + number + " recoveries=" + recoveryCount);
            }
        }
        FileTree.delete(lost);
        assertFalse(Files.exists(lost));
    }
}
