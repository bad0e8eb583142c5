package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Durability;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of several shards, and what lies behind it, is durable when the logs of all of them are on disk. */
class SharedDurabilityTest {
    private static final int SHARDS = 3;
    private static final int NO_SHARD = -1;

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new ArrayList<>();

    /** Tells where the log of a shard is about to be forced, and refuses it for one of them. */
    private final class Disk extends HookedFiles {
        private int failing = NO_SHARD;
        private IntConsumer listener = shard -> {};

        @Override
        void before(final Call call, final Path file) throws IOException {
            for (int shard = 0; shard < SHARDS && call == Call.FORCE; shard++) {
                if (file.startsWith(new ShardFiles(directory, shard).log())) {
                    if (shard == failing) {
                        throw new IOException("Input/output error");
                    }
                    listener.accept(shard);
                }
            }
        }
    }

    private final Disk disk = new Disk();

    private Engine launch(final String level) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .durability(Durability.parse(level))
                .shardCount(SHARDS)
                .stepped(true)
                .fileAccess(disk)
                .errorHandler(errors::add));
    }

    /** A series on each shard. */
    private static List<FlowSeries> define(final Engine engine) {
        final FlowSeries[] series = new FlowSeries[SHARDS];
        IntStream.range(0, 100)
                .mapToObj(i -> engine.defineFlow(SeriesDefinition.flow("events." + i, Unit.COUNT, 0)))
                .forEach(defined -> series[shardOf(defined)] = defined);
        return List.of(series);
    }

    private static long offerToAll(final Engine engine, final List<FlowSeries> series) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        series.forEach(each -> assertTrue(batch.offer(each, 1, 1) > 0));
        return batch.commit();
    }

    private static int shardOf(final FlowSeries series) {
        return (int) (series.number() & (1 << ShardPlace.bits(SHARDS)) - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldCallNothingDurableBeforeAllLogsAreForced(final String level) {
        final List<Integer> forced = new ArrayList<>();
        try (Engine engine = launch(level)) {
            final List<FlowSeries> series = define(engine);
            engine.awaitDurable(offerToAll(engine, series));
            final long ticket = offerToAll(engine, series);
            final long behind = engine.publisher().offer(series.get(0), 2, 1);
            disk.listener = shard -> {
                // The batch may be forced by itself, and what came behind it afterwards.
                final boolean isForced = forced.containsAll(List.of(0, 1, 2));
                assertTrue(isForced || !engine.isDurable(ticket), () -> "a batch, forced before=" + forced);
                assertFalse(engine.isDurable(behind), () -> "a point behind it, forced before=" + forced);
                forced.add(shard);
            };
            engine.awaitDurable(behind);
            // A close forces once more.
            disk.listener = shard -> {};
            assertTrue(engine.isDurable(ticket) && engine.isDurable(behind));
        }
        assertTrue(forced.containsAll(List.of(0, 1, 2)), () -> "forced=" + forced);
    }

    private static String causes(final Throwable error) {
        return error == null ? "" : error + " " + causes(error.getCause());
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "INTERVAL:1, 1", "COMMIT, 0", "COMMIT, 1", "COMMIT, 2"})
    void shouldNeverCallABatchDurableOfWhichAShardCouldNotBeForced(final String level, final int failing) {
        final List<FlowSeries> series;
        try (Engine engine = launch(level)) {
            series = define(engine);
            final long before = offerToAll(engine, series);
            engine.awaitDurable(before);
            disk.failing = failing;
            final long ticket = offerToAll(engine, series);
            final long behind = engine.publisher().offer(series.get((failing + 1) % SHARDS), 2, 1);
            final IllegalStateException failure =
                    assertThrows(IllegalStateException.class, () -> engine.awaitDurable(behind));
            assertTrue(causes(failure).contains("Input/output error"), failure::toString);
            disk.failing = NO_SHARD;
            assertThrows(IllegalStateException.class, engine::step);
            assertFalse(engine.isDurable(ticket), "a batch");
            assertFalse(engine.isDurable(behind), "a point behind it");
            assertTrue(engine.isDurable(before));
        }
        assertFalse(errors.isEmpty());
    }
}
