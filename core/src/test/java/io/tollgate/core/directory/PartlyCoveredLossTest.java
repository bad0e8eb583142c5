package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A killed engine has lost log records on both sides of a checkpoint's end. The recovery reports the later ones. The
 * checkpoint becomes necessary, because later operations depend on the earlier ones.
 */
class PartlyCoveredLossTest {
    private static final long REFERENCE = 0x7123_4567_89AB_0000L;

    /** Points of a series that is defined at the beginning, more than a segment holds. */
    private static final int EARLY = 1_000;

    /** Points of a series that is defined just before the checkpoint: those before the checkpoint. */
    private static final int BEFORE = 5;

    private static final int AFTER = 20;
    private static final int LATE = BEFORE + AFTER;
    private static final String EARLY_KEY = "partly.early";
    private static final String LATE_KEY = "partly.late";

    /** The losses around the end of the checkpoint, including the definition of the later series. */
    private enum Lost {
        FRAMES {
            @Override
            void damage(final Path log) throws IOException {
                flip(log, ByteBuffer.wrap(LATE_KEY.getBytes(StandardCharsets.UTF_8)));
                for (int i = 0; i < LATE - AFTER / 2; i++) {
                    flip(log, reference(EARLY + i));
                }
            }
        },
        LAST_SEGMENT {
            @Override
            void damage(final Path log) throws IOException {
                for (final Path segment : segments(log)) {
                    if (!segment.endsWith("log-0000000000000000.seg")) {
                        Files.delete(segment);
                    }
                }
            }
        },
        WHOLE_LOG {
            @Override
            void damage(final Path log) throws IOException {
                DamagedDirectory.delete(log);
            }
        };

        abstract void damage(Path log) throws IOException;
    }

    @TempDir
    private Path temporary;

    private Path data;
    private DirectoryFiles files;
    private int offered;
    private long latePoints;

    /** The last operation of the checkpoint. */
    private long covered;

    /** The losses that the recovery reports: the part inside the checkpoint, and the rest. */
    private List<Loss> losses;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        files = new DirectoryFiles(data);
    }

    private static ByteBuffer reference(final int point) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, REFERENCE + point);
    }

    private static List<Path> segments(final Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".seg")).toList();
        }
    }

    /** Damages the first frame that contains the given bytes. */
    private static void flip(final Path log, final ByteBuffer bytes) throws IOException {
        for (final Path segment : segments(log)) {
            final ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(segment));
            for (int at = 0; at + bytes.capacity() <= all.capacity(); at++) {
                if (all.slice(at, bytes.capacity()).equals(bytes)) {
                    FileDamage.flip(segment, at + bytes.capacity() - 1, 1);
                    return;
                }
            }
        }
        throw new IllegalStateException("log=" + log + ", expected one that has these bytes");
    }

    private Engine launch() {
        return TollgateEngine.launch(DamagedDirectory.context(data));
    }

    private RecoveryReport recover() {
        return InPlaceRecovery.recover(DamagedDirectory.context(data));
    }

    private Manifest.LogStart start() {
        return files.manifest().log();
    }

    private void offer(final Engine engine, final String key, final int points) {
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
        for (int i = 0; i < points; i++) {
            engine.awaitApplied(
                    KnownPoint.offer(engine.publisher(), series, offered, 1, Instants.NONE, REFERENCE + offered));
            offered++;
        }
    }

    /** A use of an engine before the kill. */
    private interface Use {
        void of(Engine engine);
    }

    private void useAndKill(final CheckpointPolicy policy, final Use use) throws IOException {
        final Path killed = temporary.resolve("killed");
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(data).checkpoints(policy))) {
            use.of(engine);
            new DamagedDirectory(data).copyTo(killed);
        }
        DamagedDirectory.put(killed, data);
        DamagedDirectory.delete(killed);
    }

    private void loseAndRecover(final Lost lost) throws IOException {
        useAndKill(CheckpointPolicy.ON_REQUEST, engine -> {
            offer(engine, EARLY_KEY, EARLY);
            offer(engine, LATE_KEY, BEFORE);
            covered = engine.admin().checkpoint().lastSequence();
            offer(engine, LATE_KEY, AFTER);
        });
        lost.damage(files.log());
        losses = recoverLosses();
    }

    /** Recovers a directory that has lost durable operations. */
    private List<Loss> recoverLosses() {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        final RecoveryReport report = recover();
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        return report.losses();
    }

    /** Offers points that depend on the checkpoint. After the kill the opening can start only from it. */
    private void proceedAndKill() throws IOException {
        useAndKill(CheckpointPolicy.ON_REQUEST, engine -> {
            latePoints = PointCount.of(engine, LATE_KEY);
            assertTrue(latePoints >= BEFORE, "points=" + latePoints);
            offer(engine, LATE_KEY, AFTER);
            assertEquals(latePoints + AFTER, PointCount.of(engine, LATE_KEY));
        });
    }

    private void requireProceeds() throws IOException {
        final long expected = latePoints + AFTER;
        proceedAndKill();
        assertEquals(expected, latePoints);
    }

    private void requireMissed(final long sequence) {
        Refusals.require(
                IllegalStateException.class,
                () -> launch().close(),
                "expected one that includes sequence=" + sequence,
                "run recover");
    }

    /** Requires that later recoveries do not report a loss again. */
    private void requireReportedOnce(final List<Loss> recorded, final long first, final long last) {
        assertEquals(1, recorded.size(), recorded::toString);
        assertFalse(recorded.get(0).isCovered(), recorded::toString);
        assertEquals(first, recorded.get(0).firstSequence());
        assertEquals(last, recorded.get(0).lastSequence());
        final RecoveryReport again = recover();
        assertFalse(again.isPromiseBroken(), () -> "" + again.lines());
        assertEquals(List.of(), again.losses());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReportedFromTheEndOfTheCheckpointOn(final Lost lost) throws IOException {
        loseAndRecover(lost);
        assertEquals(2, losses.size(), losses::toString);
        assertTrue(losses.get(0).isCovered(), losses::toString);
        assertEquals(covered, losses.get(0).lastSequence());
        assertFalse(losses.get(1).isCovered(), losses::toString);
        assertEquals(covered + 1, losses.get(1).firstSequence());
        assertEquals(covered, start().neededSequence());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeMissedWithTheCheckpoint(final Lost lost) throws IOException {
        loseAndRecover(lost);
        proceedAndKill();
        DamagedDirectory.delete(files.checkpoint());
        requireMissed(covered);
        requireReportedOnce(recoverLosses(), losses.get(0).firstSequence(), covered);
        assertEquals(0, start().neededSequence());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReportedIfTheCheckpointIsDamaged(final Lost lost) throws IOException {
        loseAndRecover(lost);
        proceedAndKill();
        FileDamage.flip(files.checkpoint().resolve("header"), 9, 1);
        requireReportedOnce(recoverLosses(), losses.get(0).firstSequence(), covered);
    }

    /** The store still includes the checkpoint at its opening. Later checkpoints and backups fail without the file. */
    @Test
    void shouldBeMissedIfTheStoreIsClosed() throws IOException {
        loseAndRecover(Lost.FRAMES);
        try (Engine engine = launch()) {
            final Path checkpoint = files.checkpoint();
            DamagedDirectory.delete(files.checkpoint());
            for (final Runnable call : List.<Runnable>of(
                    engine.admin()::checkpoint, () -> engine.admin().backup(temporary.resolve("backup")))) {
                Refusals.require(IllegalStateException.class, call::run, "file=" + checkpoint);
            }
        }
        requireMissed(covered);
        final RecoveryReport report = recover();
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        proceedAndKill();
        requireProceeds();
    }

    @Test
    void shouldBeInABackup() throws IOException {
        loseAndRecover(Lost.FRAMES);
        proceedAndKill();
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(TestContext.plain().directory(data), backup);
        DamagedDirectory.put(backup, data);
        assertEquals(covered, start().neededSequence());
        requireProceeds();
    }

    /** Each part reports the knowledge times around the whole loss. */
    @Test
    void shouldBeReportedWithTheTimesAroundIt() throws IOException {
        loseAndRecover(Lost.FRAMES);
        assertEquals(2, losses.size(), losses::toString);
        for (final Loss loss : losses) {
            assertEquals(EARLY - 1, loss.knownFromNs(), loss::toString);
            assertEquals(EARLY + LATE - AFTER / 2, loss.knownToNs(), loss::toString);
            assertTrue(loss.isPromised(), loss::toString);
        }
    }

    /** The old segments are deleted too, so only the checkpoint has both parts. */
    @Test
    void shouldBeNeededWithTheOldSegmentsThatWereDeleted() throws IOException {
        useAndKill(CheckpointPolicy.ON_REQUEST.deletingOldLog(), engine -> {
            offer(engine, EARLY_KEY, EARLY);
            offer(engine, LATE_KEY, BEFORE);
            engine.admin().checkpoint();
            offer(engine, LATE_KEY, 1);
            covered = engine.admin().checkpoint().lastSequence();
            offer(engine, LATE_KEY, AFTER - 1);
        });
        final long deleted = start().firstSequence() - 1;
        assertTrue(deleted > 0, "deleted=" + deleted);
        Lost.FRAMES.damage(files.log());
        losses = recoverLosses();
        assertEquals(new Manifest.LogStart(deleted + 1, covered), start());
        proceedAndKill();
        DamagedDirectory.delete(files.checkpoint());
        requireMissed(covered);
        final List<Loss> all = recoverLosses();
        assertEquals(deleted, all.get(0).lastSequence());
        requireReportedOnce(all.subList(1, all.size()), losses.get(0).firstSequence(), covered);
    }
}
