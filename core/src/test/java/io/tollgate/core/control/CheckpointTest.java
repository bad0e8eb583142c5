package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Durability;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint saves a replay of its operations and replaces lost parts of the log. The engine verifies it before use.
 */
class CheckpointTest {
    private static final int LANES = 4;
    private static final int BEFORE = 60;
    private static final int AFTER = 20;

    @TempDir
    private Path temporary;

    private Path killed;

    @BeforeEach
    void nameDirectory() {
        killed = temporary.resolve("killed");
    }

    /** Writes, makes checkpoints, and writes again. The mapped files then are those of a killed engine. */
    private void writeAndKill() throws IOException {
        Lanes.writeAndKill(temporary.resolve("data"), killed, LANES, BEFORE, AFTER);
    }

    private void requireAll(final long replayed) {
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(killed))) {
            assertEquals(replayed, engine.admin().statistics().appliedCount(), "replayed");
            Lanes.requireNumbers(engine, LANES, BEFORE + AFTER, "found");
            Lanes.requireSame(engine, LANES, "killed");
        }
    }

    /** Two lanes have one point for each operation, and two lanes have two. */
    private static long pointsOf(final int operations) {
        return 6L * operations;
    }

    @Test
    void shouldReplayAllIfTheCheckpointIsGone() throws IOException {
        writeAndKill();
        new DirectoryFiles(killed).deleteCheckpoints();
        requireAll(pointsOf(BEFORE + AFTER));
    }

    /** A kill may leave a checkpoint that is not yet renamed, and one that is not in the manifest. */
    @Test
    void shouldStartFromTheOneInTheManifestAndDeleteOthersWithTheNext() throws IOException {
        writeAndKill();
        final Path unfinished = killed.resolve("checkpoint-999999.new");
        final Path unknown = killed.resolve("checkpoint-999998");
        Files.createDirectories(unfinished.resolve("left"));
        Files.createDirectories(unknown);
        requireAll(pointsOf(AFTER));
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(killed))) {
            engine.admin().checkpoint();
        }
        assertFalse(Files.exists(unfinished) || Files.exists(unknown));
    }

    @Test
    void shouldRefuseADamagedOneByNameAndRecoverFromTheLog() throws IOException {
        final Random random = new Random(TestSeed.of("shouldRefuseADamagedOneByNameAndRecoverFromTheLog"));
        writeAndKill();
        for (final String name : new String[] {"seal", "header", "series-0.map", "names-0.numbers"}) {
            final Path target = temporary.resolve("damaged-" + name);
            new DamagedDirectory(killed).copyTo(target);
            final Path file = new DirectoryFiles(target).checkpoint().resolve(name);
            FileDamage.flip(file, random.nextInt(64), 1);
            Refusals.requireOpening(Lanes.context().directory(target), "checkpoint", "run recover");
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
            final RecoveryReport report =
                    InPlaceRecovery.recover(Lanes.context().directory(target));
            assertFalse(report.isPromiseBroken(), report::toString);
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
            assertEquals(4, report.contents().seriesCount() - 2);
        }
    }

    /** A directory that may hold the only copy stays unchanged until a recovery. */
    @Test
    void shouldRefuseToPutANewOneInThePlaceOfADamagedOne() throws IOException {
        for (final String name : new String[] {"seal", "header", "series-0.map", "names-0.numbers", "no seal"}) {
            final Path data = temporary.resolve("live-" + name.replace(' ', '-'));
            try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
                final Lanes lanes = new Lanes(engine, LANES);
                lanes.feedAll(0, BEFORE);
                engine.admin().checkpoint();
                final Path checkpoint = new DirectoryFiles(data).checkpoint();
                lanes.feedAll(BEFORE, BEFORE + AFTER);
                if (name.equals("no seal")) {
                    Files.delete(checkpoint.resolve("seal"));
                } else {
                    // The bit is in the version of the header, which becomes an earlier one.
                    FileDamage.flip(checkpoint.resolve(name), 8, 1);
                }
                Refusals.require(
                        IllegalStateException.class, engine.admin()::checkpoint, checkpoint.toString(), "run recover");
                assertEquals(List.of(checkpoint), new DirectoryFiles(data).checkpoints(), "a part of one was left");
                assertThrows(IllegalStateException.class, () -> engine.admin().backup(temporary.resolve("none")));
            }
            assertTrue(Files.exists(new DirectoryFiles(data).checkpoint().resolve("header")));
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        }
    }

    /**
     * Batches are applied during the force of the log. The power fails after the checkpoint. Each batch survives as a
     * whole or not at all.
     */
    @Test
    void shouldHaveNoPartOfABatchIfThePowerFailsAfterIt() throws IOException {
        final Path data = temporary.resolve("data");
        final Map<Path, byte[]> forced = new HashMap<>();
        final Runnable[] whileForced = {() -> {}};
        final EngineContext context = InjectedFiles.inject(
                Lanes.stepped(data).durability(Durability.NONE), HookedFiles.afterEach((call, file, target) -> {
                    if (call == HookedFiles.Call.FORCE
                            && file.getFileName().toString().endsWith(".seg")) {
                        forced.put(data.relativize(file), Files.readAllBytes(file));
                        whileForced[0].run();
                    }
                }));
        try (Engine engine = TollgateEngine.launch(context)) {
            final Lanes lanes = new Lanes(engine, LANES);
            lanes.feedAll(0, BEFORE);
            whileForced[0] = () -> {
                whileForced[0] = () -> {};
                lanes.feedAll(BEFORE, BEFORE + AFTER);
            };
            forced.clear();
            engine.admin().checkpoint();
            whileForced[0] = () -> {};
            assertFalse(forced.isEmpty(), "the log was forced");
            new DamagedDirectory(data).copyTo(killed);
            // The log as it was before the close, which forces everything.
            for (final Map.Entry<Path, byte[]> segment : forced.entrySet()) {
                Files.write(killed.resolve(segment.getKey()), segment.getValue());
            }
        }
        // The directory is from another boot, and no operation after the checkpoint was durable.
        new DirectoryFiles(killed).markNotClosed();
        try (Engine found = TollgateEngine.launch(Lanes.context().directory(killed))) {
            Lanes.requireSame(found, LANES, "killed");
            for (int lane = 0; lane < LANES; lane++) {
                assertTrue(Lanes.numberIn(found, lane) >= BEFORE, "lane=" + lane);
            }
        }
    }

    @Test
    void shouldLoseNothingIfTheLogBeforeItIsDamaged() throws IOException {
        writeAndKill();
        final Path segment = new DirectoryFiles(killed).segment(0);
        FileDamage.flip(segment, 700, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(killed).state());
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.context().directory(killed));
        assertFalse(report.isPromiseBroken(), report::toString);
        assertEquals(1, report.losses().size());
        assertTrue(report.losses().get(0).isCovered(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        requireAll(0);
        // The checkpoint now has the only copy, so its loss loses data.
        Files.delete(new DirectoryFiles(killed).checkpoint().resolve("header"));
        Files.delete(new DirectoryFiles(killed).store().resolve("series-0.map"));
        assertTrue(InPlaceRecovery.recover(Lanes.context().directory(killed)).isPromiseBroken());
    }

    /** A checkpoint is forced, and before it the log. A log that ends before the checkpoint is incomplete. */
    @Test
    void shouldMissOperationsLoggedBeforeTheCheckpoint() throws IOException {
        writeAndKill();
        final Path log = killed.resolve("log");
        final Path segment = log.resolve("log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(Arrays.copyOf(bytes, 64), bytes.length));
        new DirectoryFiles(killed).markNotClosed();
        Refusals.requireOpening(Lanes.context().directory(killed));
    }
}
