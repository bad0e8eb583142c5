package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two data directories that differ only in their values. A file of one in the other is recognised. */
public class ForeignLogTest {
    private static final int POINTS = 4_000;
    private static final int POINTS_OF_CHECKPOINT = 2_000;
    private static final int POINTS_OF_SEGMENT = 1_000;

    @TempDir
    private Path temporary;

    private Path killed;
    private Path closed;
    private Path other;
    private Path otherKilled;

    @BeforeEach
    void fillBoth() throws IOException {
        closed = temporary.resolve("own");
        other = temporary.resolve("other");
        killed = fill(closed, 1, temporary.resolve("own-killed"));
        otherKilled = fill(other, 2, temporary.resolve("other-killed"));
    }

    private static Path fill(final Path directory, final long value, final Path copy) throws IOException {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int i = 1; i <= POINTS; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, value));
                if (i == POINTS_OF_CHECKPOINT) {
                    engine.admin().checkpoint();
                }
            }
            return new DamagedDirectory(directory).copyTo(copy).path();
        }
    }

    private static List<Path> segments(final Path directory) throws IOException {
        return new SystemFileAccess()
                .list(new DirectoryFiles(directory).log()).stream()
                        .filter(file -> file.toString().endsWith(".seg"))
                        .sorted()
                        .toList();
    }

    private static double sum(final Path directory) {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading = reader.newReading(Metric.SUM);
            reader.read(engine.series().find("events").orElseThrow(), Window.slidingNs(1L << 40), POINTS, reading);
            return reading.value(Metric.SUM);
        }
    }

    private static void requireSeen(final Path directory) {
        requireSeen(directory, "directoryId=");
    }

    private static void requireSeen(final Path directory, final String expected) {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        Refusals.requireOpening(DamagedDirectory.context(directory), expected);
    }

    /** Each value is 1, so the sum counts the remaining points. */
    private static void requireRecovered(final Path directory, final long lost) {
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(directory));
        assertEquals(lost, lost(report), report::toString);
        assertEquals(POINTS - lost, sum(directory));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        assertEquals(POINTS - lost, sum(directory));
    }

    private static long lost(final RecoveryReport report) {
        return report.losses().stream()
                .filter(loss -> !loss.isCovered())
                .mapToLong(loss -> loss.lastSequence() - loss.firstSequence() + 1)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldReportASegment(final int index) throws IOException {
        final Path segment = segments(killed).get(index);
        DamagedDirectory.put(segments(otherKilled).get(index), segment);
        final DirectoryCheck check = DirectoryCheck.of(killed);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        assertTrue(
                check.damages().stream()
                        .anyMatch(damage ->
                                damage.file().equals(segment) && damage.found().contains("directoryId=")),
                check::toString);
        InPlaceRecovery.recover(DamagedDirectory.context(killed));
        final double left = sum(killed);
        assertTrue(left <= POINTS && left > 0, "left=" + left);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
    }

    /** Both directories have as many segments, so the manifest decides. */
    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false"})
    void shouldReportEitherOfTwoSegments(final int index, final boolean isClosed) throws IOException {
        final Path[] directories = new Path[2];
        for (int i = 0; i < 2; i++) {
            final Path directory = temporary.resolve("checkpointed-" + i);
            final Path copy = temporary.resolve("checkpointed-" + i + "-killed");
            try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory)) {
                assertTrue(engine.now() > 0);
                new DamagedDirectory(directory).copyTo(copy);
            }
            directories[i] = isClosed ? directory : copy;
        }
        final List<Path> used = usedSegments(directories[0]);
        assertEquals(2, used.size());
        final Path own = used.get(index);
        final String name = directories[0].relativize(own).toString();
        final Path made = temporary.resolve("made");
        new FileDamage(
                        new DamagedDirectory(directories[0]),
                        temporary,
                        () -> DamagedDirectory.loggedWithCheckpoints(made))
                .requireSurvived(
                        path -> DamagedDirectory.put(directories[1].resolve(name), path),
                        name,
                        "that of another directory");
    }

    public static List<Path> usedSegments(final Path directory) throws IOException {
        final List<Path> used = new ArrayList<>();
        for (final Path segment : segments(directory)) {
            if (FileDamage.usedLength(segment) > 0) {
                used.add(segment);
            }
        }
        return used;
    }

    @Test
    void shouldRefuseToOpenWithALaterSegment() throws IOException {
        final int last = segments(killed).size() - 2;
        DamagedDirectory.put(segments(otherKilled).get(last), segments(killed).get(last));
        requireSeen(killed);
    }

    /**
     * After a power failure no operation of that segment was durable. Nevertheless the segment does not end this log.
     */
    @Test
    void shouldRecoverFromAnUnacknowledgedLastSegment() throws IOException {
        final List<Path> used = segments(killed);
        final int last = used.size() - 2;
        DamagedDirectory.put(segments(otherKilled).get(last), used.get(last));
        new DirectoryFiles(killed).markNotClosed();
        requireSeen(killed);
        InPlaceRecovery.recover(DamagedDirectory.context(killed));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        assertTrue(sum(killed) >= POINTS_OF_CHECKPOINT);
    }

    @Test
    void shouldReportACheckpoint() throws IOException {
        DamagedDirectory.put(new DirectoryFiles(otherKilled).checkpoint(), new DirectoryFiles(killed).checkpoint());
        requireSeen(killed);
        requireRecovered(killed, 0);
    }

    @Test
    void shouldReportAStoreThatWasClosed() throws IOException {
        final Path store = new DirectoryFiles(closed).store();
        DamagedDirectory.put(new DirectoryFiles(other).store(), store);
        requireSeen(closed, "file=" + store.resolve("seal"));
        assertThrows(IllegalStateException.class, () -> DirectoryView.open(closed));
        requireRecovered(closed, 0);
    }

    /** The wrong part may be the log or the manifest. */
    @Test
    void shouldRefuseTheManifestOfAnotherDirectory() throws IOException {
        final Path manifest = new DirectoryFiles(killed).manifestFile();
        DamagedDirectory.put(new DirectoryFiles(otherKilled).manifestFile(), manifest);
        requireSeen(killed);
        requireNotRecovered(killed);
        Files.delete(manifest);
        requireRecovered(killed, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAWholeLog(final boolean isClosed) throws IOException {
        final Path target = isClosed ? closed : killed;
        final Path log = new DirectoryFiles(target).log();
        DamagedDirectory.put(new DirectoryFiles(isClosed ? other : otherKilled).log(), log);
        requireSeen(target);
        requireNotRecovered(target);
        DamagedDirectory.delete(log);
        requireRecovered(target, isClosed ? 0 : POINTS - POINTS_OF_CHECKPOINT);
    }

    private static void requireNotRecovered(final Path directory) {
        final String before = DirectoryCheck.of(directory).toString();
        Refusals.require(
                IllegalStateException.class,
                () -> InPlaceRecovery.recover(DamagedDirectory.context(directory)),
                "another data directory");
        assertEquals(before, DirectoryCheck.of(directory).toString());
    }

    @Test
    void shouldKeepTheIdentityInACopyAndAfterARecovery() throws IOException {
        final Path checkpoint = new DirectoryFiles(closed).checkpoint();
        final Path copy = temporary.resolve("copy");
        DirectoryBackup.make(DamagedDirectory.context(closed), copy);
        FileDamage.flip(segments(killed).get(1), 100, 1);
        InPlaceRecovery.recover(DamagedDirectory.context(killed));
        for (final Path directory : List.of(copy, killed)) {
            DamagedDirectory.put(checkpoint, directory.resolve(checkpoint.getFileName()));
            assertEquals(
                    DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        }
    }

    /**
     * Larger records fill more segments. The header of the foreign segment has a sequence before the start of this log.
     */
    @Test
    void shouldReadTheLogBeforeASegmentWithAnEarlierSequence() throws IOException {
        final int points = POINTS + POINTS_OF_CHECKPOINT - 200;
        final Path own = shorten("short", points);
        final Path another = temporary.resolve("large");
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(another))) {
            for (int i = 0; i < POINTS_OF_CHECKPOINT; i++) {
                engine.defineFlow(SeriesDefinition.flow("x".repeat(120) + i, Unit.COUNT, 0));
            }
        }
        final Path segment = new DirectoryFiles(own).segment(5);
        assertEquals(segment, segments(own).get(3));
        DamagedDirectory.put(new DirectoryFiles(another).segment(5), segment);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(own).state());
        final long lost = lost(InPlaceRecovery.recover(DamagedDirectory.context(own)));
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(own))) {
            assertEquals(points - lost, PointCount.of(engine, "events"));
        }
        assertTrue(lost > 0 && lost < POINTS_OF_SEGMENT, "lost=" + lost);
    }

    private Path shorten(final String name, final int points) throws IOException {
        final Path directory = temporary.resolve(name);
        final EngineContext context =
                DamagedDirectory.context(directory).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog());
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int i = 1; i <= points; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, 1));
                if (i % POINTS_OF_CHECKPOINT == POINTS_OF_CHECKPOINT - 100) {
                    engine.admin().checkpoint();
                }
            }
            return new DamagedDirectory(directory)
                    .copyTo(temporary.resolve(name + "-killed"))
                    .path();
        }
    }
}
