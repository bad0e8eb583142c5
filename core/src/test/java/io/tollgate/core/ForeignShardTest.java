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
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is of another data directory in one of several shards. */
class ForeignShardTest {
    private static final int POINTS = 4_000;
    private static final int FEWER_POINTS = 2_000;
    private static final String LOG = "shard-0/log";

    @TempDir
    private Path temporary;

    @Test
    void shouldRefuseAShardOfAnotherDirectory() throws IOException {
        final Path own = temporary.resolve("own-shards");
        final Path another = temporary.resolve("other-shards");
        for (final Path directory : List.of(own, another)) {
            DamagedDirectory.fillTwoShards(directory).close();
        }
        final Path aside = temporary.resolve("aside");
        DamagedDirectory.put(own.resolve("shard-1"), aside);
        DamagedDirectory.put(another.resolve("shard-1"), own.resolve("shard-1"));
        ForeignLogTest.requireSeen(own);
        final Path backup = temporary.resolve("backup");
        final List<Executable> calls = List.of(
                () -> DirectoryRecovery.recover(DamagedDirectory.context(own)),
                () -> DirectoryBackup.make(DamagedDirectory.context(own), backup),
                () -> DirectoryView.open(own).close());
        for (final Executable call : calls) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, call);
            assertTrue(
                    refusal.getMessage().startsWith("file=" + own.resolve("shard-1/log"))
                            && refusal.getMessage().contains("another data directory"),
                    refusal::getMessage);
        }
        assertFalse(Files.exists(backup));
        DamagedDirectory.put(aside, own.resolve("shard-1"));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(own).state());
    }

    /** Of a killed directory, or of one that was closed, also in the place of a segment that was not used yet. */
    @ParameterizedTest
    @CsvSource({"0, true, 0", "0, true, 1", "0, false, 0", "0, false, 1", "1, true, 0", "1, false, 0"})
    void shouldTellTheNewestSegmentOfOneOfTwoShards(final int index, final boolean isClosed, final int behind)
            throws IOException {
        final Path own = fillShards("own-shards", FEWER_POINTS, isClosed);
        final Path another = fillShards("other-shards", POINTS, isClosed);
        final String log = "shard-" + index + "/log";
        final List<Path> all = ForeignLogTest.segments(own, log);
        final int foreign = ForeignLogTest.usedSegments(own, log).size() - 1 + behind;
        DamagedDirectory.put(ForeignLogTest.segments(another, log).get(foreign), all.get(foreign));
        ForeignLogTest.requireSeen(own);
        final Path copy = temporary.resolve("copy");
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryBackup.make(DamagedDirectory.context(own), copy));
        assertTrue(refusal.getMessage().contains(own.resolve(log).toString()), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
        final DirectoryCheck check = DirectoryCheck.of(own);
        assertTrue(
                check.damages().stream().allMatch(damage -> damage.file().startsWith(own.resolve(log))),
                check::toString);
        final RecoveryReport report = DirectoryRecovery.recover(DamagedDirectory.context(own));
        final List<Loss> losses = report.shards().stream()
                .flatMap(shard -> shard.losses().stream())
                .filter(loss -> !loss.isCovered())
                .toList();
        assertEquals(!isClosed && behind == 0, !losses.isEmpty(), report::toString);
        assertTrue(losses.stream().allMatch(loss -> loss.shard() == index), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(own).state());
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(own))) {
            for (int shard = 0; shard < 2; shard++) {
                final long left = PointCount.of(engine, key(shard));
                assertTrue(left > 0 && left <= FEWER_POINTS, "left=" + left);
                assertEquals(shard != index || losses.isEmpty(), left == FEWER_POINTS, "left=" + left);
            }
        }
    }

    /** A shard that is missing is made anew as one of this directory. */
    @Test
    void shouldMakeAMissingShardOfTheDirectoryThatMostSegmentsAreOf() throws IOException {
        final Path own = fillShards("own-shards", FEWER_POINTS, false);
        final Path another = fillShards("other-shards", FEWER_POINTS, false);
        final long identity = new DataFolder(own).shard(0).directoryIdOfMost(new SystemFileAccess());
        final int newest = ForeignLogTest.usedSegments(own, LOG).size() - 1;
        DamagedDirectory.put(
                ForeignLogTest.segments(another, LOG).get(newest),
                ForeignLogTest.segments(own, LOG).get(newest));
        DamagedDirectory.delete(own.resolve("shard-1"));
        DirectoryRecovery.recover(DamagedDirectory.context(own));
        for (final int index : List.of(0, 1)) {
            assertEquals(identity, new DataFolder(own).shard(index).directoryId(new SystemFileAccess()));
        }
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(own).state());
    }

    private static String key(final int shard) {
        int number = 0;
        while (ShardPlace.indexOf("events." + number, 2) != shard) {
            number++;
        }
        return "events." + number;
    }

    /** Two shards with a series each. */
    private Path fillShards(final String name, final int points, final boolean isClosed) throws IOException {
        final Path directory = temporary.resolve(name);
        final Path copy = temporary.resolve(name + "-killed");
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(directory).shardCount(2))) {
            for (int shard = 0; shard < 2; shard++) {
                final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key(shard), Unit.COUNT, 0));
                for (int i = 1; i <= points; i++) {
                    engine.awaitApplied(engine.publisher().offer(series, i, 1));
                }
            }
            new DamagedDirectory(directory).copyTo(copy);
        }
        return isClosed ? directory : copy;
    }
}
