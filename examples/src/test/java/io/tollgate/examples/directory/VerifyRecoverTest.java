package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code verify} and {@code recover}, on directories that {@code replay} has made. */
class VerifyRecoverTest {
    private static final String POINTS = """
            series,time,value
            a,2025-01-01T00:00Z,1
            b,2025-01-02T00:00Z,2
            a,2025-01-03T00:00Z,3
            """;

    private static final long CHECKPOINTED = 302;

    /** A place in the log before the end of the checkpoint. */
    private static final int DAMAGED_FROM = 10_000;

    @TempDir
    private Path temporary;

    @Test
    void shouldSaySoundOfADirectoryThatWasClosed() throws IOException {
        final Path data = replayed();
        final CommandRun run = CommandRun.of("verify", data);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().endsWith(data + ": sound\n"), run.out());
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(0, recovered.exitCode());
        assertTrue(recovered.out().contains("  lost      nothing\n"), recovered.out());
        assertEquals(0, CommandRun.of("verify", data).exitCode());
    }

    @Test
    void shouldFailWhereTheConclusionCannotBeWritten() throws IOException {
        final Path data = replayed();
        final CommandRun lost = new CommandRun(1, "", "standard output cannot be written\n");
        assertEquals(lost, CommandRun.unwritten("verify", data));
        assertEquals(lost, CommandRun.unwritten("inspect", data));
        assertEquals(lost, CommandRun.unwritten("recover", data));
    }

    @Test
    void shouldSayWhatIsDamagedAndWhereAndRebuildIt() throws IOException {
        final Path data = replayed();
        final Path map = data.resolve("shard-0/series-0.map");
        final byte[] bytes = Files.readAllBytes(map);
        bytes[1_000] ^= 4;
        Files.write(map, bytes);

        final CommandRun run = CommandRun.of("verify", data);
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("damaged: file=" + map + " position=0: "), run.out());
        assertEquals(1, run.errLines().size(), run.err());
        final CommandRun refused = append(data);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("run recover"), refused.err());

        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals("", recovered.err());
        assertEquals(0, recovered.exitCode());
        assertTrue(recovered.out().contains("  repaired  file=" + map), recovered.out());
        assertEquals(0, CommandRun.of("verify", data).exitCode());
        assertEquals(0, append(data).exitCode());
    }

    @Test
    void shouldFailWhereSomethingThatWasPromisedIsLost() throws IOException {
        final Path data = replayed();
        loseTheFirstPoint(data);

        assertEquals(1, CommandRun.of("verify", data).exitCode());
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(1, recovered.exitCode());
        assertEquals(1, recovered.errLines().size(), recovered.err());
        assertTrue(recovered.out().contains("valid times, as far as can be read, 2025-01-01T00:00"), recovered.out());
        assertTrue(recovered.out().contains("series, as far as can be read: a"), recovered.out());
        assertEquals(0, CommandRun.of("verify", data).exitCode());
        assertEquals(0, append(data).exitCode());
    }

    /** As on a disk that is full, which may have led to the loss: nobody has read it. */
    @Test
    void shouldTellALossAgainThatCouldNotBeWritten() throws IOException {
        final Path data = replayed();
        loseTheFirstPoint(data);
        final CommandRun unwritten = CommandRun.unwritten("recover", data);
        assertEquals(new CommandRun(1, "", "standard output cannot be written\n"), unwritten);
        final CommandRun refused = append(data);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("run recover"), refused.err());
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(1, recovered.exitCode());
        assertTrue(recovered.out().contains("valid times, as far as can be read, 2025-01-01T00:00"), recovered.out());
        assertEquals(0, CommandRun.of("recover", data).exitCode());
        assertEquals(0, append(data).exitCode());
    }

    /** It would turn the rest of the line round. */
    @Test
    void shouldShowAKeyThatDoesNotSteerATerminal() throws IOException {
        final Path data = temporary.resolve("data");
        assertEquals(0, replay(data, POINTS.replace("a,", "turned.\u202eb,")).exitCode());
        loseTheFirstPoint(data);
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(1, recovered.exitCode());
        assertTrue(recovered.out().contains("series, as far as can be read: turned.\\u202eb"), recovered.out());
        for (final String command : List.of("inspect", "verify", "recover")) {
            final CommandRun run = CommandRun.of(command, temporary.resolve("\u202e"));
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().contains("/\\u202e: no such directory"), run.err());
        }
    }

    @Test
    void shouldKeepAStoreThatIsWholeWhereTheLogIsNot() throws IOException {
        final Path data = replayed();
        final Path segment = data.resolve("shard-0/log/log-0000000000000000.seg");
        Files.delete(segment);
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(0, recovered.exitCode(), recovered.out());
        assertTrue(recovered.out().contains("in the log only, the store has them"), recovered.out());
        assertEquals(0, CommandRun.of("verify", data).exitCode());
        final CommandRun appended = append(data);
        assertTrue(appended.out().contains("a,2025-01-04T00:00:00Z,7d,count,3,OK"), appended.out());
        // Without any mark it is not opened; recovered from the store that was kept, and from the log behind it.
        Files.delete(data.resolve("shard-0/clean"));
        final CommandRun refused = append(data);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("shard-0/positions"), refused.err());
        assertEquals(0, CommandRun.of("recover", data).exitCode());
        final CommandRun again = append(data);
        assertTrue(again.out().contains("a,2025-01-04T00:00:00Z,7d,count,3,OK"), again.out());
    }

    @Test
    void shouldAcceptADirectoryThatWasBeingMade() throws IOException {
        for (final String made : new String[] {"", "shard-0", "shard-0/log"}) {
            final Path data = temporary.resolve("young" + made.length());
            Files.createDirectories(data.resolve(made));
            assertEquals(0, CommandRun.of("verify", data).exitCode(), made);
            assertEquals(0, CommandRun.of("recover", data).exitCode(), made);
            assertEquals(0, CommandRun.of("verify", data).exitCode(), made);
            assertEquals(0, append(data).exitCode(), made);
        }
    }

    @Test
    void shouldRefuseWhatIsNoDataDirectory() throws IOException {
        final Path other = Files.createDirectories(temporary.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "mine");
        for (final String command : new String[] {"verify", "recover"}) {
            for (final Path path : new Path[] {other, other.resolve("missing"), other.resolve("notes.txt")}) {
                final CommandRun run = CommandRun.of(command, path);
                assertEquals(1, run.exitCode());
                assertEquals(1, run.errLines().size(), run.err());
                assertTrue(run.err().startsWith("dataDirectory=" + path), run.err());
            }
            final String ofFile =
                    CommandRun.of(command, other.resolve("notes.txt")).err();
            assertTrue(ofFile.contains("is a file, expected a data directory"), ofFile);
            assertEquals(2, CommandRun.of(command).exitCode());
        }
        assertFalse(Files.exists(other.resolve("missing")));
        assertEquals(1, other.toFile().list().length);
    }

    /** The checkpoint has all that it tells of: behind it somebody was told of more. */
    @ParameterizedTest
    @CsvSource({"deleted, deleted", "deleted, cut", "zero, zero"})
    void shouldNameALossBehindTheCheckpointWhereNothingTellsTheEnd(final String positions, final String log)
            throws IOException {
        final Path data = killedBehindACheckpoint();
        change(data.resolve("shard-0/positions"), positions, 0);
        for (final Path segment : new SystemFileAccess().list(data.resolve("shard-0/log"))) {
            change(segment, log, DAMAGED_FROM);
        }
        assertEquals(1, CommandRun.of("verify", data).exitCode());
        final CommandRun recovered = CommandRun.of("recover", data);
        assertEquals(1, recovered.exitCode(), recovered.out());
        assertTrue(
                recovered.out().contains("sequences=" + (CHECKPOINTED + 1) + ".." + (CHECKPOINTED + 1)),
                recovered.out());
        assertEquals(0, CommandRun.of("verify", data).exitCode());
        final CommandRun again = CommandRun.of("recover", data);
        assertEquals(0, again.exitCode(), again.out());
    }

    private Path killedBehindACheckpoint() throws IOException {
        final Path open = temporary.resolve("open");
        final Path killed = temporary.resolve("killed");
        final EngineContext context = new EngineContext()
                .directory(open)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("a", Unit.COUNT, 0));
            offer(engine, series, 0, CHECKPOINTED - 2);
            assertEquals(List.of(CHECKPOINTED), engine.checkpoint().lastSequences());
            offer(engine, series, CHECKPOINTED, CHECKPOINTED + 200);
            copy(open, killed);
        }
        return killed;
    }

    private static void offer(final Engine engine, final FlowSeries series, final long from, final long to) {
        for (long i = from; i < to; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, 1, Publisher.NONE, i));
        }
    }

    private static void copy(final Path directory, final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, target.resolve(directory.relativize(path).toString()));
            }
        }
    }

    /** Deletes a file, cuts it, or makes it zero from a position on. */
    private static void change(final Path file, final String change, final int position) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        switch (change) {
            case "deleted" -> Files.delete(file);
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, Math.min(position, bytes.length)));
            default -> Files.write(file, Arrays.copyOf(Arrays.copyOf(bytes, position), bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "verify", "recover"})
    void shouldNameTheFileThatCannotBeRead(final String command) throws IOException {
        final Path data = replayed();
        for (final String name : List.of("tollgate.header", "shard-0/header")) {
            final Path file = data.resolve(name);
            final byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.createDirectory(file);
            final CommandRun run = CommandRun.of(command, data);
            assertEquals(1, run.exitCode(), run.err());
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().startsWith("file=" + file + ": "), run.err());
            Files.delete(file);
            Files.write(file, bytes);
        }
    }

    private static void loseTheFirstPoint(final Path data) throws IOException {
        Files.delete(data.resolve("shard-0/series-0.map"));
        final Path segment = data.resolve("shard-0/log/log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[firstPoint(bytes) + Long.BYTES] ^= 1;
        Files.write(segment, bytes);
    }

    /** The first byte of the valid time of the first point: midnight in nanoseconds. */
    private static int firstPoint(final byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final long midnight = Instants.parse("2025-01-01T00:00Z");
        int offset = 0;
        while (buffer.getLong(offset) != midnight) {
            offset += Long.BYTES;
        }
        return offset;
    }

    private Path replayed() throws IOException {
        final Path data = temporary.resolve("data");
        assertEquals(0, replay(data, POINTS).exitCode());
        return data;
    }

    private CommandRun append(final Path data) throws IOException {
        return replay(data, "series,time,value\na,2025-01-04T00:00Z,3\n");
    }

    private CommandRun replay(final Path data, final String points) throws IOException {
        final Path in = Files.writeString(temporary.resolve("points.csv"), points);
        return CommandRun.of(
                "replay", "--in", in, "--kind", "STEP", "--windows", "7d", "--metrics", "count", "--dir", data);
    }
}
