package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.DirectoryBackup;
import io.tollgate.core.DirectoryCheck;
import io.tollgate.core.DirectoryRecovery;
import io.tollgate.core.EngineContext;
import io.tollgate.core.RecoveryReport;
import io.tollgate.core.ShardFiles;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails when the log of one shard is on disk, and that of the other not up to a batch of both: it counts on
 * neither, and what came behind it and rests on it is left out, each time, while all else is there.
 */
class LostBatchTest {
    private static final int DEPENDENT = 3;

    /** What the handlers of errors were told. */
    private static final List<Throwable> TOLD = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Path lost;

    @BeforeEach
    void loseABatch() throws IOException {
        final Path data = directory.resolve("data");
        lost = directory.resolve("lost");
        final List<BatchKillTest.Frame> ofOther;
        try (Engine engine = launch(data)) {
            final StepSeries level = onShard(0, "level", key -> engine.defineStep(step(key)));
            final StepSeries ending = onShard(0, "ending", key -> engine.defineStep(step(key)));
            final FlowSeries sum = onShard(
                    0,
                    "sum",
                    key -> engine.defineFlow(
                            SeriesDefinition.flow(key, Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM)));
            final StepSeries other = onShard(1, "other", key -> engine.defineStep(step(key)));
            engine.publisher().offer(ending, 9, 1);
            engine.awaitApplied(engine.publisher().offer(sum, 1, Long.MAX_VALUE - 2));
            final List<BatchKillTest.Frame> before = BatchKillTest.frames(data, 1);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(level, 5, 50);
            batch.offer(sum, 1, -7);
            batch.withdraw(ending, 9);
            batch.offer(other, 5, 50);
            engine.awaitApplied(batch.commit());
            // These rest on it.
            engine.publisher().withdraw(level, 5);
            engine.publisher().offer(sum, 1, 3);
            engine.awaitApplied(engine.publisher().offer(level, 8, 80));
            engine.closeSeries(ending, LifeEnd.at(7));
            BatchKillTest.copy(data, lost);
            ofOther = new ArrayList<>(BatchKillTest.frames(data, 1));
            ofOther.removeAll(before);
        }
        cutOther(lost, ofOther);
    }

    /** The log of the second shard is on disk without some frames at its end, on another run of the machine. */
    static void cutOther(final Path data, final List<BatchKillTest.Frame> frames) throws IOException {
        BatchKillTest.cut(data, 1, frames, 0);
        for (int shard = 0; shard < 2; shard++) {
            new ShardFiles(data, shard).promiseNothing();
        }
    }

    /** Offers a batch of both series, and leaves a copy of which the second log has nothing of it. */
    static void loseOther(
            final Engine engine, final Path data, final Path lost, final StepSeries left, final StepSeries right)
            throws IOException {
        final int before = BatchKillTest.frames(data, 1).size();
        LostPartTest.offerBoth(engine, 1_000, left, right);
        BatchKillTest.copy(data, lost);
        final List<BatchKillTest.Frame> all = BatchKillTest.frames(data, 1);
        cutOther(lost, all.subList(before, all.size()));
    }

    static Engine launch(final Path data) {
        return TollgateEngine.launch(context(data));
    }

    static EngineContext context(final Path data) {
        return new EngineContext()
                .clockMode(ClockMode.MANUAL)
                .stepped(true)
                .directory(data)
                .shardCount(2)
                .logSegmentLength(1 << 16)
                .errorHandler(TOLD::add);
    }

    static SeriesDefinition step(final String key) {
        return SeriesDefinition.step(key, Unit.COUNT, 0);
    }

    /** Defines series until one lies on a shard. */
    static <T extends Series> T onShard(final int shard, final String name, final Function<String, T> define) {
        T series = define.apply(name + ".0");
        for (int i = 1; series.number() % 2 != shard; i++) {
            series = define.apply(name + "." + i);
        }
        return series;
    }

    static <T extends Series> T onShard(final int shard, final String name, final Engine engine, final Class<T> type) {
        return onShard(shard, name, key -> type.cast(engine.find(key).orElseThrow()));
    }

    @Test
    void shouldBeOpenedAgainAndAgain() throws IOException {
        TOLD.clear();
        requireAllElse(lost);
        assertEquals(1, TOLD.size(), TOLD::toString);
        final String told = TOLD.get(0).getMessage();
        assertTrue(told.contains("operationsLeftOut=" + DEPENDENT), told);
        BatchKillTest.removeCleanMarks(lost, 2);
        requireAllElse(lost);
    }

    @Test
    void shouldBeRecoveredAndTellWhatIsLeftOut() {
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(lost).state());
        final RecoveryReport report = DirectoryRecovery.recover(new EngineContext().directory(lost));
        assertEquals(DEPENDENT, report.orphanedCount(), () -> "" + report.lines());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(lost).state());
        requireAllElse(lost);
    }

    @Test
    void shouldBeTheSameInACheckpointAndInABackup() throws IOException {
        final Path backup = directory.resolve("backup");
        try (Engine engine = launch(lost)) {
            engine.checkpoint();
            BatchKillTest.copy(lost, directory.resolve("killed"));
        }
        DirectoryBackup.make(new EngineContext().directory(lost), backup);
        requireAllElse(backup);
        requireAllElse(directory.resolve("killed"));
    }

    private static void requireAllElse(final Path data) {
        try (Engine engine = launch(data)) {
            final StepSeries level = onShard(0, "level", engine, StepSeries.class);
            assertEquals(Publisher.UNKNOWN, BatchKillTest.value(engine, level, 7));
            assertEquals(80, BatchKillTest.value(engine, level, 8));
            final StepSeries ending = onShard(0, "ending", engine, StepSeries.class);
            assertEquals(1, BatchKillTest.value(engine, ending, 9), "withdrawn, and closed before");
            final StepSeries other = onShard(1, "other", engine, StepSeries.class);
            assertEquals(Publisher.UNKNOWN, BatchKillTest.value(engine, other, 8));
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading();
            reader.read(onShard(0, "sum", engine, FlowSeries.class), Window.slidingNs(10), 9, reading);
            assertEquals(1, reading.count());
            assertEquals((double) (Long.MAX_VALUE - 2), reading.value(Metric.SUM));
        }
    }
}
