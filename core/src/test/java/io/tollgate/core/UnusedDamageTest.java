package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What no opening reads of a store, or can do without, is told where it is damaged, and costs nothing else: the only
 * checkpoint of a restored directory stands for all that its log has not.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnusedDamageTest {
    /** From the end of a file to where nothing was ever written. */
    private static final int UNUSED = 9;

    /** What is damaged are copies of what is made once. */
    @TempDir
    private static Path shared;

    private static FileDamage closed;
    private static FileDamage killed;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void makeDirectories() throws IOException {
        final Path directory = shared.resolve("made");
        DamagedDirectory.fillWithCheckpoints(directory).close();
        final Path restored = shared.resolve("restored");
        DirectoryBackup.make(DamagedDirectory.context(directory), restored);
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(restored))) {
            append(engine, 1);
            final Path copy = shared.resolve("killed");
            killed = new FileDamage(new DamagedDirectory(restored).copyTo(copy), shared, UnusedDamageTest::made);
        }
        closed = new FileDamage(new DamagedDirectory(restored), shared, UnusedDamageTest::made);
        assertFalse(Files.exists(restored.resolve("shard-0/checkpoint.old")));
        assertTrue(Files.exists(restored.resolve("shard-0/log/begin")));
    }

    private static NavigableMap<Long, String> made() {
        final Path undeleted = shared.resolve("undeleted");
        return Files.exists(undeleted)
                ? new DamagedDirectory(undeleted).operations()
                : DamagedDirectory.loggedWithCheckpoints(undeleted);
    }

    private static void append(final Engine engine, final long time) {
        final FlowSeries flow = (FlowSeries) engine.find("damage.flow").orElseThrow();
        engine.awaitApplied(engine.publisher().offer(flow, engine.now() + time, 1));
    }

    private FileDamage source(final boolean isClosed) {
        return isClosed ? closed : killed;
    }

    private static void flipUnused(final Path file) throws IOException {
        FileDamage.flip(file, Files.size(file) - UNUSED, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "true, checkpoint/large-0.map",
        "true, large-0.map",
        "true, names-0.numbers",
        "false, checkpoint/large-0.map",
        "false, checkpoint/medium-0.map",
        "false, checkpoint/names-0.numbers"
    })
    void shouldLoseNothingWithBytesThatWereNeverUsed(final boolean isClosed, final String file) throws IOException {
        source(isClosed).requireSurvived(UnusedDamageTest::flipUnused, "shard-0/" + file, "unused");
        requireKept(isClosed, file);
    }

    /** It is told, and repaired where it is; nothing is made anew. */
    private void requireKept(final boolean isClosed, final String file) throws IOException {
        final Path target = temporary.resolve("kept");
        source(isClosed).source().copyTo(target);
        final Path damaged = target.resolve("shard-0").resolve(file);
        flipUnused(damaged);
        assertEquals(List.of(damaged), damagedFiles(target));
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(target));
        assertEquals(List.of(), report.shards().get(0).losses());
        assertEquals(
                List.of(damaged),
                report.shards().get(0).damages().stream().map(Damage::file).toList());
        assertEquals(
                isClosed ? OpeningReport.Origin.CLOSED : OpeningReport.Origin.CHECKPOINT,
                report.shards().get(0).opening().origin());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    private static List<Path> damagedFiles(final Path directory) {
        return DirectoryCheck.of(directory).damages().stream().map(Damage::file).toList();
    }

    /** The next checkpoint is made of the one before, the store of a killed engine and a backup are of the last one. */
    @Test
    void shouldNotCopyWhatWasNeverUsed() throws IOException {
        final Path directory = closed.source().copyTo(temporary.resolve("data")).path();
        final Path store = directory.resolve("shard-0");
        final Path left = temporary.resolve("left");
        final Path backup = temporary.resolve("backup");
        flipUnused(store.resolve("checkpoint/large-0.map"));
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.deletingOldLog();
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(directory).checkpoints(policy))) {
            append(engine, 1);
            engine.backup(backup);
            engine.checkpoint();
            append(engine, 1);
            new DamagedDirectory(directory).copyTo(left);
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        assertEquals(List.of(store.resolve("checkpoint.old/large-0.map")), damagedFiles(directory));
        final Path damaged = left.resolve("shard-0/checkpoint/medium-0.map");
        flipUnused(damaged);
        TollgateEngine.launch(DamagedDirectory.context(left)).close();
        assertEquals(List.of(damaged, left.resolve("shard-0/checkpoint.old/large-0.map")), damagedFiles(left));
        DirectoryBackup.make(DamagedDirectory.context(left), temporary.resolve("backup-of-left"));
        final Map<String, List<String>> answers = DamagedDirectory.answers(left);
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(left));
        assertTrue(report.shards().stream().allMatch(found -> found.losses().isEmpty()), report::toString);
        assertEquals(answers, DamagedDirectory.answers(left));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(left).state());
    }
}
