package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A header, or shards, of a directory that was divided into another number of them are seen by all who read it. */
class DirectoryDivisionTest {
    @TempDir
    private Path temporary;

    private Path two(final boolean isClosed) throws IOException {
        final Path closed = temporary.resolve("closed");
        final Path killed = temporary.resolve("killed");
        try (TollgateEngine engine = (TollgateEngine) DamagedDirectory.fillTwoShards(closed)) {
            assertTrue(engine.statistics().seriesCount() > 1);
            new DamagedDirectory(closed).copyTo(killed);
        }
        return isClosed ? closed : killed;
    }

    private static String refusal(final Executable call) {
        return assertThrows(IllegalStateException.class, call).getMessage();
    }

    /** All but the lock file, which says who had it last. */
    private static Map<String, Integer> contents(final Path directory) throws IOException {
        final Map<String, Integer> contents = new TreeMap<>();
        for (final String file : new DamagedDirectory(directory).files()) {
            if (!file.equals("engine.lock")) {
                contents.put(file, Arrays.hashCode(Files.readAllBytes(directory.resolve(file))));
            }
        }
        return contents;
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 4", "false, 1", "false, 4"})
    void shouldSeeTheHeaderOfAnotherDirectory(final boolean isClosed, final int shardCount) throws IOException {
        final Path data = two(isClosed);
        final Path header = data.resolve(DirectoryHeader.FILE_NAME);
        FileDamage.divide(header, shardCount);
        final Map<String, Integer> before = contents(data);
        final String expected = ": found shardCount=" + shardCount + ", expected shardCount=2";
        for (final int opened : new int[] {2, shardCount}) {
            final EngineContext context = DamagedDirectory.context(data).shardCount(opened);
            final String refusal = refusal(() -> TollgateEngine.launch(context).close());
            assertTrue(refusal.contains(expected), refusal);
            assertTrue(refusal.contains("run recover"), refusal);
        }
        final Path backup = temporary.resolve("backup");
        final String refusal = refusal(() -> DirectoryBackup.make(new EngineContext().directory(data), backup));
        assertTrue(refusal.contains(expected), refusal);
        assertFalse(Files.exists(backup));
        assertTrue(refusal(() -> DirectoryView.open(data).close()).contains("run recover"));
        final DirectoryCheck check = DirectoryCheck.of(data);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        assertEquals(
                List.of(header.toRealPath()),
                check.damages().stream().map(Damage::file).toList());
        assertEquals(before, contents(data));
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(data));
        assertFalse(report.isPromiseBroken(), () -> report.lines().toString());
        assertEquals(2, DirectoryHeader.shardCount(data).orElseThrow());
    }

    /** A shard that is one too many is of no use to anybody, and may be all that somebody has. */
    @ParameterizedTest
    @ValueSource(ints = {2, 64, 100})
    void shouldRefuseAShardTooMany(final int index) throws IOException {
        final Path data = two(true);
        final Path shard = data.resolve("shard-" + index);
        new DamagedDirectory(data.resolve("shard-0")).copyTo(shard);
        final Map<String, Integer> before = contents(data);
        final List<Executable> calls = List.of(
                () -> TollgateEngine.launch(DamagedDirectory.context(data)).close(),
                () -> DirectoryBackup.make(new EngineContext().directory(data), temporary.resolve("backup")),
                () -> DirectoryRecovery.recover(DamagedDirectory.context(data)));
        for (final Executable call : calls) {
            final String refusal = refusal(call);
            assertTrue(refusal.contains(shard.toRealPath().toString()), refusal);
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        assertEquals(before, contents(data));
    }

    /** Nothing else tells it where the logs are gone. */
    @Test
    void shouldRefuseAWholeStoreOfAnotherPlace() throws IOException {
        final Path data = two(true);
        final Path one = data.resolve("shard-1");
        DamagedDirectory.delete(one);
        DamagedDirectory.delete(data.resolve("shard-0/log"));
        new DamagedDirectory(data.resolve("shard-0")).copyTo(one);
        final Map<String, Integer> before = contents(data);
        final String refusal = refusal(() -> DirectoryRecovery.recover(DamagedDirectory.context(data)));
        assertTrue(refusal.contains(": found shardIndex=0 shardCount=2, expected shardIndex=1 shardCount=2"), refusal);
        assertTrue(refusal.contains("Nothing was changed"), refusal);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        assertEquals(before, contents(data));
    }

    /** Who had taken the header of another directory for this one's may have noted shards that never were. */
    @Test
    void shouldNotMakeShardsThatWereNotedAsLostUnderAnotherHeader() throws IOException {
        final Path data = two(true);
        new LossNote(List.of(2, 3), List.of(), false).write(new SystemFileAccess(), data);
        FileDamage.divide(data.resolve(DirectoryHeader.FILE_NAME), 4);
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(data));
        assertEquals(List.of(), report.missing());
        assertFalse(Files.exists(data.resolve("shard-2")));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }

    /** Of one shard, which no store says any more: the keys in its log do, at least that they are not of four. */
    @ParameterizedTest
    @ValueSource(strings = {"events", "events others"})
    void shouldSeeTheHeaderOfAnotherDirectoryBehindAKillInARebuild(final String keys) throws IOException {
        final Path data = killedInARebuild(1, keys.split(" "));
        final Path header = data.resolve(DirectoryHeader.FILE_NAME);
        FileDamage.divide(header, 4);
        final Map<String, Integer> before = contents(data);
        for (final int opened : new int[] {1, 4}) {
            final EngineContext context = DamagedDirectory.context(data).shardCount(opened);
            final String refusal = refusal(() -> TollgateEngine.launch(context).close());
            assertTrue(refusal.contains(": found shardCount=4, expected shardCount=1"), refusal);
        }
        final DirectoryCheck check = DirectoryCheck.of(data);
        assertEquals(
                List.of(header.toRealPath()),
                check.damages().stream().map(Damage::file).toList());
        assertEquals(before, contents(data));
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(data));
        assertFalse(report.isPromiseBroken(), () -> report.lines().toString());
        assertEquals(1, DirectoryHeader.shardCount(data).orElseThrow());
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(data))) {
            for (final String key : keys.split(" ")) {
                assertEquals(1, PointCount.of(engine, key), key);
            }
        }
    }

    /** The header of four stands where as many as say one are left, and no key says that they are not of four. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldBelieveTheHeaderWhereShardsAreMissingBehindAKillInARebuild(final int missing) throws IOException {
        final String[] keys = {key(0, 4), key(1, 4), key(2, 4), key(3, 4)};
        final Path data = killedInARebuild(4, keys);
        for (int i = 4 - missing; i < 4; i++) {
            DamagedDirectory.delete(data.resolve("shard-" + i));
        }
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(data));
        assertEquals(missing, report.missing().size(), () -> report.lines().toString());
        assertEquals(4, DirectoryHeader.shardCount(data).orElseThrow());
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(data))) {
            for (int i = 0; i < 4 - missing; i++) {
                assertEquals(1, PointCount.of(engine, keys[i]), keys[i]);
            }
        }
    }

    /** One for four, for two, and for one: the series in the log are not of a shard of four. */
    @Test
    void shouldBelieveAStoreWhereAShardIsMissingUnderAnotherHeader() throws IOException {
        final Path data = two(false);
        DamagedDirectory.delete(data.resolve("shard-1"));
        FileDamage.divide(data.resolve(DirectoryHeader.FILE_NAME), 4);
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(data));
        assertEquals(1, report.missing().size(), () -> report.lines().toString());
        assertEquals(2, DirectoryHeader.shardCount(data).orElseThrow());
    }

    /** The first key of a shard. */
    private static String key(final int shard, final int shardCount) {
        int number = 0;
        while (ShardPlace.indexOf("events." + number, shardCount) != shard) {
            number++;
        }
        return "events." + number;
    }

    /** Without any store that says of how many it is one, with a point of each key. */
    private Path killedInARebuild(final int shardCount, final String... keys) throws IOException {
        final Path closed = temporary.resolve("rebuilt");
        final Path killed = temporary.resolve("rebuilt-killed");
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(closed).shardCount(shardCount))) {
            for (final String key : keys) {
                final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
            new DamagedDirectory(closed).copyTo(killed);
        }
        for (int i = 0; i < shardCount; i++) {
            StoreDirectory.discard(new SystemFileAccess(), killed.resolve("shard-" + i));
        }
        return killed;
    }
}
