package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What recoveries have left that were stopped, with what they have found lost in {@code tollgate.losses}: a shard of
 * three, and points of another, in the midst of its log and at its end. {@link #main} made them.
 *
 * <p>The answers are written by hand: each shard had a series of 20 events, at 10, 20 and so on, and known then, with
 * their numbers as amounts. Each is in a frame of its own, behind the mode of the clock and the definition, so that the
 * first has sequence 3. Of one shard the frames of the eighth and the ninth were damaged, and the last was cut off.
 */
class GoldenLossesTest {
    private enum Golden {
        /** Stopped where the damaged log has another name, and the new one not its own yet. */
        BEGUN("losses-5-begun"),
        /** Stopped where all is repaired, and only the note tells what was lost. */
        REPAIRED("losses-5");

        private final GoldenArchive archive;

        Golden(final String name) {
            archive = new GoldenArchive(name);
        }

        /** The lines of the answers that begin with a word, without it. */
        private List<String> lines(final String word) throws IOException {
            return archive.answers()
                    .lines()
                    .filter(line -> line.startsWith(word + ';'))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        }

        /** Whether a recovery is to fail at a call. */
        private boolean isStop(final HookedFiles.Call call, final Path file) {
            return this == BEGUN
                    ? call == HookedFiles.Call.RENAME && file.endsWith("log.new")
                    : call == HookedFiles.Call.DELETE && file.endsWith("tollgate.losses");
        }
    }

    private static final int SHARDS = 3;
    private static final int POINTS = 20;
    private static final int DAMAGED_SHARD = 0;
    private static final int MISSING_SHARD = 1;

    @TempDir
    private Path temporary;

    private Path unpacked(final Golden golden) throws IOException {
        final Path directory = temporary.resolve("data");
        golden.archive.unpack(directory);
        return directory;
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellWhatWasFoundLost(final Golden golden) throws IOException {
        final Path directory = unpacked(golden);
        assertEquals(golden.lines("noted"), noted(directory));
        requireTold(golden, directory);
    }

    private void requireTold(final Golden golden, final Path directory) throws IOException {
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertTrue(report.isPromiseBroken());
        assertEquals(golden.lines("told"), told(report));
        requireHeld(golden, directory);
        final RecoveryReport again = DirectoryRecovery.recover(context(directory));
        assertEquals(Collections.nCopies(SHARDS, "lost nothing"), told(again), "told once");
        assertEquals(golden.lines("checked"), checked(directory));
    }

    /** Neither is it read, nor copied: what is lost is to be told first. */
    @ParameterizedTest
    @EnumSource
    void shouldOnlyBeRecovered(final Golden golden) throws IOException {
        final Path directory = unpacked(golden);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        for (final Runnable call : List.<Runnable>of(
                () -> TollgateEngine.launch(context(directory)).close(),
                () -> DirectoryView.open(directory).close(),
                () -> DirectoryBackup.make(context(directory), temporary.resolve("backup")))) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, call::run);
            assertTrue(refusal.getMessage().startsWith("file=" + LossNote.file(directory)), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
        }
        assertEquals(golden.lines("noted"), noted(directory));
    }

    /** The logs tell what they have recorded, but neither series nor whether anybody was told of it. */
    @Test
    void shouldTellWhatTheLogsHaveRecordedWhereTheNoteIsDamaged() throws IOException {
        final Golden golden = Golden.REPAIRED;
        final Path directory = unpacked(golden);
        FileDamage.flip(LossNote.file(directory), 40, 1);
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertTrue(report.isPromiseBroken());
        assertEquals(golden.lines("recorded"), told(report));
        requireHeld(golden, directory);
        assertEquals(golden.lines("checked"), checked(directory));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheSameOfADirectoryThatIsFilledToday(final Golden golden) throws IOException {
        final Path directory = fill(temporary, golden);
        assertEquals(golden.lines("noted"), noted(directory));
        requireTold(golden, directory);
    }

    /** Made the archives: into the first argument, where the answers are. */
    public static void main(final String[] args) throws IOException {
        final Path resources = Path.of(args[0]);
        for (final Golden golden : Golden.values()) {
            final String answers = Files.readString(resources.resolve(golden.archive.name() + ".csv"));
            golden.archive.make(resources, fill(Files.createTempDirectory("golden"), golden), answers);
        }
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .shardCount(SHARDS)
                .clockMode(ClockMode.KNOWLEDGE)
                .stepped(true)
                .logSegmentLength(1 << 16)
                .errorHandler(told -> {});
    }

    /** The key of the series of a shard. */
    private static String key(final int shard) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "lost." + i)
                .filter(key -> ShardPlace.indexOf(key, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }

    private static Path fill(final Path scratch, final Golden golden) throws IOException {
        final Path data = scratch.resolve("filled");
        final Path killed = scratch.resolve("killed");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            for (int i = 1; i <= POINTS; i++) {
                for (int shard = 0; shard < SHARDS; shard++) {
                    final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key(shard), Unit.COUNT, 0));
                    engine.awaitDurable(engine.publisher().offer(series, 10L * i, i, 10L * i, i));
                }
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        damage(new ShardFiles(killed, DAMAGED_SHARD).log().resolve("log-0000000000000000.seg"));
        DamagedDirectory.delete(new ShardFiles(killed, MISSING_SHARD).shard());
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (golden.isStop(call, file)) {
                    throw new IOException("Input/output error");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context(killed).fileAccess(files)));
        return killed;
    }

    /** Of a log whose frames have a point each, from its end back. */
    private static void damage(final Path segment) throws IOException {
        final int frameLength = 24 + 48;
        final long end = FileDamage.usedLength(segment) / Long.BYTES * Long.BYTES + Long.BYTES;
        FileDamage.flip(segment, end - (POINTS - 7) * frameLength + 30, 1);
        FileDamage.flip(segment, end - (POINTS - 8) * frameLength + 30, 1);
        final byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, (int) end - frameLength, (int) end, (byte) 0);
        Files.write(segment, bytes);
    }

    private static List<String> noted(final Path directory) {
        final LossNote note = LossNote.of(directory);
        assertFalse(note.isDamaged());
        final List<String> lines = new ArrayList<>();
        note.missing().forEach(shard -> lines.add("missing shard=" + shard));
        note.losses().forEach(loss -> lines.add(loss.toString()));
        return lines;
    }

    /** What of a report says what is lost, without the place of the directory. */
    private static List<String> told(final RecoveryReport report) {
        return report.lines().stream()
                .filter(line -> line.startsWith("  lost "))
                .map(line -> line.replace(report.directory() + "/", "").trim().replaceFirst(" +", " "))
                .toList();
    }

    private static List<String> checked(final Path directory) {
        final DirectoryCheck check = DirectoryCheck.of(directory);
        assertEquals(DirectoryCheck.State.SOUND, check.state());
        return check.shards().stream()
                .map(line -> line.replaceAll(" (lastSequence|frames|records)=[0-9]+", "")
                        .replace(" closed cleanly", ""))
                .toList();
    }

    /** To an engine and to a view; behind that the directory is closed again. */
    private void requireHeld(final Golden golden, final Path directory) throws IOException {
        try (DirectoryView view = DirectoryView.open(directory)) {
            assertEquals(golden.lines("held"), held(view::find, view.newReader()));
        }
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            assertEquals(golden.lines("held"), held(engine::find, engine.newReader()));
        }
    }

    private static List<String> held(final Function<String, Optional<Series>> finder, final MetricReader reader) {
        final WindowReading reading = reader.newReading();
        final List<String> lines = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            final Optional<Series> series = finder.apply(key(shard));
            if (series.isEmpty()) {
                lines.add("shard=" + shard + " nothing");
            } else {
                reader.read(series.get(), Window.since(0), 10L * POINTS, reading);
                lines.add("shard=" + shard + " count=" + reading.count() + " sum=" + reading.value(Metric.SUM));
            }
        }
        return lines;
    }
}
