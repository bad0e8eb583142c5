package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses directories that {@code replay} has made. */
class VerifyRecoverTest {
    private static final String POINTS = """
            series,time,value
            a,2025-01-01T00:00Z,1
            b,2025-01-02T00:00Z,2
            a,2025-01-03T00:00Z,3
            """;

    private static final long CHECKPOINTED = 302;

    /** A position in the log before the end of the checkpoint. */
    private static final int DAMAGED_FROM = 10_000;

    @TempDir
    private Path temporary;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = temporary.resolve("recovered");
    }

    @Test
    void shouldSaySoundOfADirectoryThatWasClosed() throws IOException {
        final Path data = replayed();
        final CommandRun run = CommandRun.of("verify", data);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().endsWith(data + ": sound\n"), run.out());
        final CommandRun recovered = recover(data);
        assertEquals("", recovered.err());
        assertEquals(0, recovered.exitCode());
        assertTrue(recovered.out().startsWith("recovered " + data + " to " + target + "\n"), recovered.out());
        assertTrue(recovered.out().contains("  lost      nothing\n"), recovered.out());
        assertEquals(0, CommandRun.of("verify", target).exitCode());
    }

    @Test
    void shouldFailWhereTheConclusionCannotBeWritten() throws IOException {
        final Path data = replayed();
        final CommandRun lost = new CommandRun(1, "", "standard output cannot be written\n");
        assertEquals(lost, CommandRun.unwritten("verify", data));
        assertEquals(lost, CommandRun.unwritten("inspect", data));
        assertEquals(lost, CommandRun.unwritten("recover", data, target));
    }

    @Test
    void shouldSayWhatIsDamagedAndWhereAndRebuildItElsewhere() throws IOException {
        final Path data = replayed();
        final Path map = data.resolve("store/series-0.map");
        final byte[] bytes = Files.readAllBytes(map);
        bytes[1_000] ^= 4;
        Files.write(map, bytes);

        final CommandRun run = CommandRun.of("verify", data);
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("damaged: file=" + map + " position="), run.out());
        assertEquals(1, run.errLines().size(), run.err());
        final CommandRun refused = append(data);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("run recover"), refused.err());

        final Map<String, String> before = contents(data);
        final CommandRun recovered = recover(data);
        assertEquals(before, contents(data), "the source is changed");
        assertEquals(new CommandRun(0, recovered.out(), ""), recovered);
        assertTrue(recovered.out().contains("  damaged   file=" + map), recovered.out());
        assertTrue(recovered.out().contains("  lost      nothing\n"), recovered.out());
        assertEquals(0, CommandRun.of("verify", target).exitCode());
        assertEquals(0, append(target).exitCode());
    }

    @Test
    void shouldFailWhereSomethingThatWasPromisedIsLost() throws IOException {
        final Path data = replayed();
        loseTheFirstPoint(data);

        assertEquals(1, CommandRun.of("verify", data).exitCode());
        final CommandRun recovered = recover(data);
        assertEquals(1, recovered.exitCode());
        assertEquals(1, recovered.errLines().size(), recovered.err());
        assertTrue(recovered.out().contains("valid times, as far as can be read, 2025-01-01T00:00"), recovered.out());
        assertTrue(recovered.out().contains("series, as far as can be read: a"), recovered.out());
        assertEquals(0, CommandRun.of("verify", target).exitCode());
        assertEquals(0, append(target).exitCode());
    }

    /** The loss may be caused by a full disk, which also refuses the report. */
    @Test
    void shouldReportALossAgainThatCouldNotBeWritten() throws IOException {
        final Path data = replayed();
        loseTheFirstPoint(data);
        final CommandRun unwritten = CommandRun.unwritten("recover", data, temporary.resolve("unwritten"));
        assertEquals(new CommandRun(1, "", "standard output cannot be written\n"), unwritten);
        final CommandRun recovered = recover(data);
        assertEquals(1, recovered.exitCode());
        assertTrue(recovered.out().contains("valid times, as far as can be read, 2025-01-01T00:00"), recovered.out());
        assertEquals(0, append(target).exitCode());
    }

    /** The character would reverse the direction of the rest of the line. */
    @Test
    void shouldShowAKeyThatDoesNotSteerATerminal() throws IOException {
        final Path data = temporary.resolve("data");
        assertEquals(0, replay(data, POINTS.replace("a,", "turned.\u202eb,")).exitCode());
        loseTheFirstPoint(data);
        final CommandRun recovered = recover(data);
        assertEquals(1, recovered.exitCode());
        assertTrue(recovered.out().contains("series, as far as can be read: turned.\\u202eb"), recovered.out());
        final Path missing = temporary.resolve("\u202e");
        for (final CommandRun run : List.of(
                CommandRun.of("inspect", missing), CommandRun.of("verify", missing), recover(missing, "none"))) {
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().contains("/\\u202e: no such directory"), run.err());
        }
    }

    @Test
    void shouldKeepAStoreThatIsWholeWhereTheLogIsNot() throws IOException {
        final Path data = replayed();
        Files.delete(data.resolve("log/log-0000000000000000.seg"));
        final CommandRun recovered = recover(data);
        assertEquals(0, recovered.exitCode(), recovered.out());
        assertTrue(recovered.out().contains("in the log only, the store has them"), recovered.out());
        assertEquals(0, CommandRun.of("verify", target).exitCode());
        final CommandRun appended = append(target);
        assertTrue(appended.out().contains("a,2025-01-04T00:00:00Z,7d,count,3,OK"), appended.out());
        // Without a manifest the directory is not opened, but it can be recovered from the kept store and the log after
        // it.
        Files.delete(target.resolve("manifest"));
        final CommandRun refused = append(target);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains(target + "/manifest: is missing"), refused.err());
        assertEquals(0, recover(target, "again").exitCode());
        final CommandRun again = append(temporary.resolve("again"));
        assertTrue(again.out().contains("a,2025-01-04T00:00:00Z,7d,count,3,OK"), again.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "engine.lock", "manifest.new"})
    void shouldAcceptADirectoryThatWasBeingMade(final String made) throws IOException {
        final Path data = Files.createDirectories(temporary.resolve("young"));
        if (!made.isEmpty()) {
            Files.write(data.resolve(made), new byte[100]);
        }
        assertEquals(0, CommandRun.of("verify", data).exitCode());
        final CommandRun recovered = recover(data);
        assertEquals(0, recovered.exitCode(), recovered.err());
        for (final Path directory : List.of(data, target)) {
            assertEquals(0, CommandRun.of("verify", directory).exitCode());
            assertEquals(0, append(directory).exitCode());
        }
    }

    @Test
    void shouldRefuseWhatIsNoDataDirectory() throws IOException {
        final Path other = Files.createDirectories(temporary.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "mine");
        for (final Path path : new Path[] {other, other.resolve("missing"), other.resolve("notes.txt")}) {
            for (final CommandRun run : List.of(CommandRun.of("verify", path), recover(path))) {
                assertEquals(1, run.exitCode());
                assertEquals(1, run.errLines().size(), run.err());
                assertTrue(run.err().startsWith("dataDirectory=" + path), run.err());
                assertEquals(
                        path.endsWith("notes.txt"),
                        run.err().contains("is a file, expected a data directory"),
                        run.err());
            }
        }
        assertEquals(2, CommandRun.of("verify").exitCode());
        assertEquals(2, CommandRun.of("recover").exitCode());
        assertEquals(2, CommandRun.of("recover", other).exitCode());
        assertFalse(Files.exists(target));
        assertArrayEquals(new String[] {"notes.txt"}, other.toFile().list());
    }

    @Test
    void shouldRefuseATargetThatIsTakenOrInTheSource() throws IOException {
        final Path data = replayed();
        final Path taken = Files.createDirectories(temporary.resolve("taken"));
        Files.writeString(taken.resolve("notes.txt"), "mine");
        final Map<String, String> before = contents(temporary);
        for (final Path path : new Path[] {taken, taken.resolve("notes.txt"), data, data.resolve("store/x")}) {
            final CommandRun run = CommandRun.of("recover", data, path);
            assertEquals(1, run.exitCode());
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().startsWith("target=" + path + " "), run.err());
        }
        assertEquals(before, contents(temporary));
    }

    /** A process that is killed while it writes a recovery or a backup leaves an incomplete target. */
    @Test
    void shouldSayThatATargetIsIncomplete() throws IOException {
        final Path data = replayed();
        assertEquals(0, recover(data).exitCode());
        try (ManifestFile manifest = ManifestFile.open(new SystemFileAccess(), target)) {
            final long identity = manifest.current().identity();
            manifest.writeTwice(Manifest.begin(identity, Manifest.State.INCOMPLETE));
        }
        for (final CommandRun run : List.of(
                CommandRun.of("inspect", target),
                CommandRun.of("verify", target),
                CommandRun.of("backup", target, temporary.resolve("backup")),
                append(target))) {
            assertEquals(1, run.exitCode());
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().contains("INCOMPLETE"), run.err());
        }
        assertTrue(CommandRun.of("inspect", target).out().contains("state       incomplete"));
        assertEquals(1, recover(data).exitCode(), "the target is there");
    }

    /** The checkpoint contains all operations up to its end. A later operation was acknowledged. */
    @ParameterizedTest
    @CsvSource({"deleted, deleted", "deleted, cut", "zero, zero"})
    void shouldNameALossAfterTheCheckpointWhereNothingTellsTheEnd(final String manifest, final String log)
            throws IOException {
        final Path data = killedAfterACheckpoint();
        change(data.resolve("manifest"), manifest, ManifestFile.POSITIONS_OFFSET);
        for (final Path segment : new SystemFileAccess().list(data.resolve("log"))) {
            change(segment, log, DAMAGED_FROM);
        }
        assertEquals(1, CommandRun.of("verify", data).exitCode());
        final CommandRun recovered = recover(data);
        assertEquals(1, recovered.exitCode(), recovered.out());
        assertTrue(
                recovered.out().contains("sequences=" + (CHECKPOINTED + 1) + ".." + (CHECKPOINTED + 1)),
                recovered.out());
        assertEquals(0, CommandRun.of("verify", target).exitCode());
        final CommandRun again = recover(target, "again");
        assertEquals(0, again.exitCode(), again.out());
    }

    private Path killedAfterACheckpoint() throws IOException {
        final Path open = temporary.resolve("open");
        final Path killed = temporary.resolve("killed");
        final EngineContext context = new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(open)
                .clockMode(ClockMode.EVENT)
                .threadingMode(ThreadingMode.STEPPED)
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("a", Unit.COUNT, 0));
            offer(engine, series, 0, CHECKPOINTED - 2);
            assertEquals(CHECKPOINTED, engine.admin().checkpoint().lastSequence());
            offer(engine, series, CHECKPOINTED, CHECKPOINTED + 200);
            copy(open, killed);
        }
        return killed;
    }

    private static void offer(final Engine engine, final FlowSeries series, final long from, final long to) {
        for (long i = from; i < to; i++) {
            engine.awaitApplied(engine.publisher()
                    .point(series)
                    .validAt(i)
                    .value(1)
                    .reference(i)
                    .offer());
        }
    }

    private static void copy(final Path directory, final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, target.resolve(directory.relativize(path).toString()));
            }
        }
    }

    /** Deletes a file, truncates it, or fills it with zeros from a position on. */
    private static void change(final Path file, final String change, final int position) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        switch (change) {
            case "deleted" -> Files.delete(file);
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, Math.min(position, bytes.length)));
            default -> Files.write(file, Arrays.copyOf(Arrays.copyOf(bytes, position), bytes.length));
        }
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException {
        final Path data = replayed();
        for (final String name : List.of("manifest", "store/header")) {
            final Path file = data.resolve(name);
            final byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.createDirectory(file);
            for (final CommandRun run :
                    List.of(CommandRun.of("inspect", data), CommandRun.of("verify", data), recover(data))) {
                assertEquals(1, run.exitCode(), run.err());
                assertEquals(1, run.errLines().size(), run.err());
                assertTrue(run.err().startsWith("file=" + file + ": "), run.err());
            }
            Files.delete(file);
            Files.write(file, bytes);
        }
    }

    private static void loseTheFirstPoint(final Path data) throws IOException {
        Files.delete(data.resolve("store/series-0.map"));
        final Path segment = data.resolve("log/log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[firstPoint(bytes) + Long.BYTES] ^= 1;
        Files.write(segment, bytes);
    }

    /** The position of the first byte of the valid time of the first point: midnight in nanoseconds. */
    private static int firstPoint(final byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final long midnight = Instants.parse("2025-01-01T00:00Z");
        int offset = 0;
        while (buffer.getLong(offset) != midnight) {
            offset += Long.BYTES;
        }
        return offset;
    }

    private CommandRun recover(final Path source) {
        return CommandRun.of("recover", source, target);
    }

    private CommandRun recover(final Path source, final String name) {
        return CommandRun.of("recover", source, temporary.resolve(name));
    }

    /** The hash and the length of each file below a directory. */
    private static Map<String, String> contents(final Path directory) throws IOException {
        final Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(path.toString(), Arrays.hashCode(Files.readAllBytes(path)) + ":" + Files.size(path));
            }
        }
        return contents;
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
