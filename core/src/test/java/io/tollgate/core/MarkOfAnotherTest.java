package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What another data directory, or another shard, has put in the place of a mark or a checkpoint says nothing of a log:
 * also where the log that it is of goes further. All values are 1, so what is left is counted.
 */
class MarkOfAnotherTest {
    private static final CheckpointPolicy DELETING = CheckpointPolicy.ON_REQUEST.deletingOldLog();

    @TempDir
    private Path temporary;

    private final SystemFileAccess files = new SystemFileAccess();

    /** The key of a series of a shard, of so many. */
    private static String key(final int shard, final int shardCount) {
        int number = 0;
        while (ShardPlace.indexOf("key." + number, shardCount) != shard) {
            number++;
        }
        return "key." + number;
    }

    /** A directory with so many points in each shard and some checkpoints, closed, or as a kill leaves it. */
    private Path fill(
            final String name,
            final boolean isClosed,
            final CheckpointPolicy policy,
            final List<Integer> pointCounts,
            final Integer... checkpoints)
            throws IOException {
        final Path directory = temporary.resolve(name);
        final Path killed = temporary.resolve(name + "-killed");
        final int shardCount = pointCounts.size();
        try (Engine engine = TollgateEngine.launch(
                DamagedDirectory.context(directory).shardCount(shardCount).checkpoints(policy))) {
            final FlowSeries[] series = new FlowSeries[shardCount];
            for (int shard = 0; shard < shardCount; shard++) {
                series[shard] = engine.defineFlow(SeriesDefinition.flow(key(shard, shardCount), Unit.COUNT, 0));
            }
            final int most = pointCounts.stream().mapToInt(count -> count).max().orElse(0);
            for (int i = 1; i <= most; i++) {
                for (int shard = 0; shard < shardCount; shard++) {
                    if (i <= pointCounts.get(shard)) {
                        engine.awaitApplied(engine.publisher().offer(series[shard], i, 1));
                    }
                }
                if (List.of(checkpoints).contains(i)) {
                    engine.checkpoint();
                }
            }
            new DamagedDirectory(directory).copyTo(killed);
        }
        return isClosed ? directory : killed;
    }

    private static void open(final Path directory) {
        TollgateEngine.launch(DamagedDirectory.context(directory)).close();
    }

    private static RecoveryReport recover(final Path directory) {
        return DirectoryRecovery.recover(DamagedDirectory.context(directory));
    }

    private static void requirePoints(final Path directory, final List<Integer> pointCounts) {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            for (int shard = 0; shard < pointCounts.size(); shard++) {
                assertEquals((long) pointCounts.get(shard), PointCount.of(engine, key(shard, pointCounts.size())));
            }
        }
    }

    private static void requireRecovered(final Path directory, final List<Integer> pointCounts) {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        final RecoveryReport report = recover(directory);
        assertFalse(report.isPromiseBroken(), () -> report.lines().toString());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        requirePoints(directory, pointCounts);
    }

    @ParameterizedTest
    @CsvSource({
        "false, positions",
        "false, checkpoint/clean",
        "false, checkpoint",
        "true, checkpoint/clean",
        "true, checkpoint"
    })
    void shouldGoOnWithoutThatOfADirectoryThatIsFurtherOn(final boolean isClosed, final String mark)
            throws IOException {
        final Path own = fill("own", isClosed, CheckpointPolicy.ON_REQUEST, List.of(3_000), 2_000);
        final Path other = fill("other", isClosed, CheckpointPolicy.ON_REQUEST, List.of(5_000), 4_000);
        DamagedDirectory.put(
                other.resolve("shard-0").resolve(mark), own.resolve("shard-0").resolve(mark));
        assertThrows(IllegalStateException.class, () -> open(own));
        requireRecovered(own, List.of(3_000));
    }

    /** A store that was closed is all that has what the log has lost. */
    @Test
    void shouldKeepTheStoreThatWasClosed() throws IOException {
        final Path own = fill("own", true, CheckpointPolicy.ON_REQUEST, List.of(3_000));
        final Path other = fill("other", true, CheckpointPolicy.ON_REQUEST, List.of(5_000), 4_000);
        Files.delete(own.resolve("shard-0/log/log-0000000000000001.seg"));
        assertFalse(recover(own).isPromiseBroken());
        DamagedDirectory.put(other.resolve("shard-0/checkpoint/clean"), own.resolve("shard-0/checkpoint/clean"));
        requireRecovered(own, List.of(3_000));
    }

    @ParameterizedTest
    @CsvSource({
        "false, positions",
        "false, checkpoint/clean",
        "false, checkpoint",
        "true, clean",
        "true, checkpoint/clean",
        "true, checkpoint"
    })
    void shouldGoOnWithoutThatOfAnotherShard(final boolean isClosed, final String mark) throws IOException {
        for (int shard = 0; shard < 2; shard++) {
            final List<Integer> pointCounts = List.of(2_000, 3_000);
            final Path own = fill("own-" + shard, isClosed, CheckpointPolicy.ON_REQUEST, pointCounts, 1_000, 2_500);
            DamagedDirectory.put(
                    own.resolve("shard-" + (1 - shard)).resolve(mark),
                    own.resolve("shard-" + shard).resolve(mark));
            assertThrows(IllegalStateException.class, () -> open(own));
            requireRecovered(own, pointCounts);
        }
    }

    /** It may be all that has what the log had before: it is not taken away, nor gone on without. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseCheckpointsOfAnotherShardWhereOwnOnesAreNeeded(final boolean isClosed) throws IOException {
        final List<Integer> pointCounts = List.of(6_000, 6_000);
        final Path own = fill("own", isClosed, DELETING, pointCounts, 3_000, 5_000);
        final Path aside = temporary.resolve("aside");
        for (final String name : List.of("checkpoint", "checkpoint.old")) {
            DamagedDirectory.put(own.resolve("shard-0").resolve(name), aside.resolve(name));
            DamagedDirectory.put(
                    own.resolve("shard-1").resolve(name), own.resolve("shard-0").resolve(name));
        }
        assertThrows(IllegalStateException.class, () -> open(own));
        if (!isClosed) {
            final String before = DirectoryCheck.of(own).toString();
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> recover(own));
            assertTrue(refusal.getMessage().contains("shardIndex=1"), refusal.getMessage());
            assertEquals(before, DirectoryCheck.of(own).toString());
            for (final String name : List.of("checkpoint", "checkpoint.old")) {
                DamagedDirectory.put(aside.resolve(name), own.resolve("shard-0").resolve(name));
            }
        } else {
            requireRecovered(own, pointCounts);
        }
        requirePoints(own, pointCounts);
    }

    /** A loss that never was would have it count on the shard that has it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveABatchOutThatNeverWasWhole(final boolean isForeign) throws IOException {
        final Path directory = temporary.resolve("batch");
        final Path killed = temporary.resolve("batch-killed");
        final long whole;
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(directory).shardCount(2))) {
            final FlowSeries one = engine.defineFlow(SeriesDefinition.flow(key(0, 2), Unit.COUNT, 0));
            final FlowSeries other = engine.defineFlow(SeriesDefinition.flow(key(1, 2), Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(one, 1, 1));
            engine.awaitApplied(engine.publisher().offer(other, 1, 1));
            engine.checkpoint();
            engine.awaitApplied(engine.publisher().offer(other, 2, 1));
            whole = LogPositions.read(directory.resolve("shard-1/positions"))
                    .orElseThrow()
                    .appliedSequence();
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(one, 3, 1);
            batch.offer(other, 3, 1);
            engine.awaitApplied(batch.commit());
            new DamagedDirectory(directory).copyTo(killed);
        }
        final Path log = killed.resolve("shard-1/log");
        final ReplayResult end = LogReader.replay(files, log, 1, whole, (buffer, offset, length, sequence) -> {});
        TornTail.cut(
                files,
                log,
                new ReplayResult(
                        LogEnd.TORN_TAIL,
                        end.fromSequence(),
                        end.lastSequence(),
                        end.frames(),
                        end.records(),
                        end.segmentIndex(),
                        end.position(),
                        List.of()));
        final Path positions = killed.resolve("shard-1/positions");
        final long identity = LogPositions.read(positions).orElseThrow().directoryId();
        LogPositions.create(files, positions, "another boot", identity, 1, whole)
                .close();
        if (isForeign) {
            final Path other = fill("other", false, CheckpointPolicy.ON_REQUEST, List.of(3_000, 3_000));
            DamagedDirectory.put(other.resolve("shard-1/positions"), positions);
        }
        assertEquals(isForeign ? 1 : 0, DirectoryCheck.of(killed).damages().size());
        recover(killed);
        requirePoints(killed, List.of(1, 2));
    }
}
