package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a kill the opening reads the checkpoint, and exactly the log after it. */
class CheckpointedOpeningTest {
    private static final int LANES = 4;
    private static final int BEFORE = 1_000;
    private static final int AFTER = 40;

    @TempDir
    private Path temporary;

    private Path killed;

    @BeforeEach
    void nameDirectory() {
        killed = temporary.resolve("killed");
    }

    /** Writes more than several segments with checkpoints in between, and leaves the files of a killed engine. */
    private Checkpoint writeAndKill() throws IOException {
        return Lanes.writeAndKill(temporary.resolve("data"), killed, LANES, BEFORE, AFTER);
    }

    /** Returns the first sequence of a segment, 0 for an unused one. */
    private static long firstSequence(final Path segment) throws IOException {
        return Long.reverseBytes(ByteBuffer.wrap(Files.readAllBytes(segment)).getLong(24));
    }

    @Test
    void shouldReadNoSegmentBeforeTheOneInWhichTheCheckpointEnds() throws IOException {
        final Checkpoint checkpoint = writeAndKill();
        final ReadFiles files = new ReadFiles();
        final long[] recorded = new long[1];
        try (TollgateEngine engine =
                TollgateEngine.launch(InjectedFiles.inject(Lanes.context().directory(killed), files)
                        .openingProgress((sequence, lastSequence) -> {
                            assertTrue(sequence > recorded[0] && sequence <= lastSequence, "sequence=" + sequence);
                            recorded[0] = sequence;
                        }))) {
            final OpeningReport opening = engine.opening().orElseThrow();
            final long last = checkpoint.lastSequence();
            assertEquals(OpeningReport.Origin.CHECKPOINT, opening.origin());
            assertEquals(last, opening.checkpointSequence());
            assertEquals(opening.lastSequence() - last, opening.readCount());
            assertEquals(opening.lastSequence(), recorded[0], "progress");
            assertTrue(
                    opening.toString().startsWith("from the checkpoint at sequence=" + last + " and "),
                    opening::toString);
            Lanes.requireSame(engine, LANES, "killed");
            Lanes.requireNumbers(engine, LANES, BEFORE + AFTER, "found");
        }
        int unread = 0;
        final List<Path> segments = new DirectoryFiles(killed).segments();
        for (int i = 0; i + 1 < segments.size(); i++) {
            final long next = firstSequence(segments.get(i + 1));
            if (next > 0 && next <= checkpoint.lastSequence()) {
                unread++;
                assertFalse(files.lengths.containsKey(segments.get(i)), "read " + segments.get(i));
            }
        }
        assertTrue(unread > 0, "segments before the checkpoints: " + unread);
    }

    /** The opening reports progress during the replay, so a user sees that a long one continues. */
    @Test
    void shouldReportMeanwhileHowFarARebuildIs() throws IOException {
        final long count = 140_000;
        try (Engine engine = TollgateEngine.launch(Lanes.stepped(temporary.resolve("data")))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (long i = 0; i < count; i++) {
                final long ticket = KnownPoint.offer(engine.publisher(), events, i, 1, i);
                if (i % 1_000 == 999) {
                    engine.awaitApplied(ticket);
                }
            }
            new DamagedDirectory(temporary.resolve("data")).copyTo(killed);
        }
        final List<Long> recorded = new ArrayList<>();
        final EngineContext context = Lanes.context().directory(killed).openingProgress((sequence, lastSequence) -> {
            // The mode of the clock and the definition are operations too.
            assertEquals(count + 2, lastSequence);
            recorded.add(sequence);
        });
        InPlaceRecovery.recover(context);
        assertEquals(List.of(1L << 16, 1L << 17, count + 2), recorded);
    }

    /** The opening does not report damage in segments that it does not read. A check finds it. */
    @Test
    void shouldLeaveDamageBeforeTheCheckpointToACheck() throws IOException {
        writeAndKill();
        final Path segment = new DirectoryFiles(killed).segments().get(1);
        FileDamage.flip(segment, 5_000, 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(killed).state());
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(killed))) {
            assertEquals(BEFORE + AFTER, Lanes.numberIn(engine, 0));
        }
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.context().directory(killed));
        assertFalse(report.isPromiseBroken(), report::toString);
        assertTrue(report.losses().get(0).isCovered());
    }

    /** Bytes after the end of a segment lose no data, but no engine writes them, so they need a recovery. */
    @Test
    void shouldKeepTheStoreIfTheLogAfterTheCheckpointIsDamaged() throws IOException {
        writeAndKill();
        new DirectoryFiles(killed).deleteCheckpoints();
        final Path segment = new DirectoryFiles(killed).segments().get(1);
        final byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length + 64));
        // An opening that discards the store would delete this file.
        final Path left = Files.createFile(new DirectoryFiles(killed).store().resolve("left.map.new"));
        Refusals.requireOpening(Lanes.context().directory(killed), "run recover");
        assertTrue(Files.exists(left), "the store was given up");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMissALogThatIsGone(final boolean isClosed) throws IOException {
        writeAndKill();
        if (isClosed) {
            TollgateEngine.launch(Lanes.context().directory(killed)).close();
        }
        for (final Path segment : new DirectoryFiles(killed).segments()) {
            Files.delete(segment);
        }
        Refusals.requireOpening(Lanes.context().directory(killed), "run recover");
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.context().directory(killed));
        assertEquals(!isClosed, report.isPromiseBroken(), report::toString);
    }

    @Test
    void shouldNameTheSourceOfARecoveredDirectory() throws IOException {
        final Checkpoint checkpoint = writeAndKill();
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.context().directory(killed));
        assertEquals(checkpoint.lastSequence(), report.contents().storeSequence());
        try (TollgateEngine engine = TollgateEngine.launch(Lanes.context().directory(killed))) {
            assertEquals(
                    OpeningReport.Origin.CLOSED, engine.opening().orElseThrow().origin());
        }
    }

    /**
     * Counts the bytes read from each segment. Headers do not count, because the search for the end of the log reads
     * them from the last segment backwards.
     */
    private static final class ReadFiles extends HookedFiles {
        private final Map<Path, Long> lengths = new TreeMap<>();

        @Override
        public DataFile openForRead(final Path path) throws IOException {
            final DataFile file = new SystemFileAccess().openForRead(path);
            return new DataFile() {
                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                public int read(final ByteBuffer target, final long position) throws IOException {
                    final int length = file.read(target, position);
                    lengths.merge(path, (long) length, Long::sum);
                    return length;
                }

                @Override
                public int write(final ByteBuffer source, final long position) throws IOException {
                    throw new IOException("file=" + path + " is open for reading");
                }

                @Override
                public MappedByteBuffer map(final long length) throws IOException {
                    throw new IOException("file=" + path + " is open for reading");
                }

                @Override
                public void force() throws IOException {
                    throw new IOException("file=" + path + " is open for reading");
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }
}
