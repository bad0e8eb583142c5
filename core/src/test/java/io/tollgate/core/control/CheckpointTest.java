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

/** A checkpoint spares a replay of what it includes, stands in for what the log loses, and is never trusted blindly. */
class CheckpointTest {
    private static final int LANES = 4;
    private static final int BEFORE = 60;
    private static final int BEHIND = 20;

    @TempDir
    private Path temporary;

    private Path killed;

    @BeforeEach
    void nameDirectory() {
        killed = temporary.resolve("killed");
    }

    /** Writes, makes checkpoints and writes on; what lies in the mappings then is what a killed engine leaves. */
    private void writeAndKill() throws IOException {
        Lanes.writeAndKill(temporary.resolve("data"), killed, LANES, BEFORE, BEHIND);
    }

    private void requireAll(final long replayed) {
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(killed))) {
            assertEquals(replayed, engine.admin().statistics().appliedCount(), "replayed");
            Lanes.requireNumbers(engine, LANES, BEFORE + BEHIND, "found");
            Lanes.requireSame(engine, LANES, "killed");
        }
    }

    /** Two lanes with one point an operation, two with two. */
    private static long pointsOf(final int operations) {
        return 6L * operations;
    }

    @Test
    void shouldReplayAllWhereTheCheckpointIsGone() throws IOException {
        writeAndKill();
        new DirectoryFiles(killed).deleteCheckpoints();
        requireAll(pointsOf(BEFORE + BEHIND));
    }

    /** A kill may leave one that has no name yet, and one that the manifest does not know of. */
    @Test
    void shouldStartFromTheOneInTheManifestAndDeleteOthersWithTheNext() throws IOException {
        writeAndKill();
        final Path unfinished = killed.resolve("checkpoint-999999.new");
        final Path unknown = killed.resolve("checkpoint-999998");
        Files.createDirectories(unfinished.resolve("left"));
        Files.createDirectories(unknown);
        requireAll(pointsOf(BEHIND));
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

    /** A directory whose contents may be the only copy stays as it is until it is recovered. */
    @Test
    void shouldRefuseToPutANewOneInThePlaceOfADamagedOne() throws IOException {
        for (final String name : new String[] {"seal", "header", "series-0.map", "names-0.numbers", "no seal"}) {
            final Path data = temporary.resolve("live-" + name.replace(' ', '-'));
            try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
                final Lanes lanes = new Lanes(engine, LANES);
                lanes.feedAll(0, BEFORE);
                engine.admin().checkpoint();
                final Path checkpoint = new DirectoryFiles(data).checkpoint();
                lanes.feedAll(BEFORE, BEFORE + BEHIND);
                if (name.equals("no seal")) {
                    Files.delete(checkpoint.resolve("seal"));
                } else {
                    // In the header that is the version, which becomes an earlier one.
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
     * Batches are applied while the log is being forced, and the power fails when the checkpoint is there: of each of
     * them there is all or nothing.
     */
    @Test
    void shouldHaveNoPartOfABatchWhereThePowerFailsAfterIt() throws IOException {
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
                lanes.feedAll(BEFORE, BEFORE + BEHIND);
            };
            forced.clear();
            engine.admin().checkpoint();
            whileForced[0] = () -> {};
            assertFalse(forced.isEmpty(), "the log was forced");
            new DamagedDirectory(data).copyTo(killed);
            // Before the close, which forces all.
            for (final Map.Entry<Path, byte[]> segment : forced.entrySet()) {
                Files.write(killed.resolve(segment.getKey()), segment.getValue());
            }
        }
        // It was another run of the machine, and nothing behind the checkpoint was promised.
        new DirectoryFiles(killed).markNotClosed();
        try (Engine found = TollgateEngine.launch(Lanes.context().directory(killed))) {
            Lanes.requireSame(found, LANES, "killed");
            for (int lane = 0; lane < LANES; lane++) {
                assertTrue(Lanes.numberIn(found, lane) >= BEFORE, "lane=" + lane);
            }
        }
    }

    @Test
    void shouldLoseNothingWhereTheLogBeforeItIsDamaged() throws IOException {
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
        // Now the checkpoint has the only copy: losing it is a loss.
        Files.delete(new DirectoryFiles(killed).checkpoint().resolve("header"));
        Files.delete(new DirectoryFiles(killed).store().resolve("series-0.map"));
        assertTrue(InPlaceRecovery.recover(Lanes.context().directory(killed)).isPromiseBroken());
    }

    /** A checkpoint is forced, and the log before it: a log that ends earlier has lost something. */
    @Test
    void shouldMissWhatTheLogHadWhenItWasMade() throws IOException {
        writeAndKill();
        final Path log = killed.resolve("log");
        final Path segment = log.resolve("log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(Arrays.copyOf(bytes, 64), bytes.length));
        new DirectoryFiles(killed).markNotClosed();
        Refusals.requireOpening(Lanes.context().directory(killed));
    }
}
