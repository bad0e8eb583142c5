package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of a batch is told at one time: that to which the points of all shards have moved the clock. */
class SharedBatchTimeTest {
    private static final Subscription ALL = Subscription.of("all", "*")
            .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.sliding(Duration.ofNanos(100)), Metric.COUNT));

    private final List<StepSeries> series = new ArrayList<>();

    private Engine launch(final ClockMode mode, final int shardCount) {
        final Engine engine = TollgateEngine.launch(
                new EngineContext().clockMode(mode).shardCount(shardCount).stepped(true));
        for (int i = 0; i < 8; i++) {
            series.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)));
        }
        return engine;
    }

    private static List<String> told(final UpdateQueue queue) {
        return new UpdateRecorder().drain(queue).changes().stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"EVENT, 1", "EVENT, 2", "EVENT, 5", "KNOWLEDGE, 1", "KNOWLEDGE, 2", "KNOWLEDGE, 5"})
    void shouldTellOfABatchAtTheLatestOfItsTimes(final ClockMode mode, final int shardCount) {
        try (Engine engine = launch(mode, shardCount)) {
            final UpdateQueue queue = engine.subscribe(ALL, QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 8; i++) {
                final long time = 500 - 60 * i;
                // Known in the order of the valid times, whatever the mode is.
                batch.offer(series.get(i), time, i, mode == ClockMode.KNOWLEDGE ? time : Publisher.NONE, i);
            }
            engine.awaitApplied(batch.commit());
            assertEquals(500, engine.now());
            final List<String> expected = Stream.concat(
                            Stream.of(0, 1, 2, 3, 4, 5, 6, 7).map(i -> "BATCH at=500 EMPTY NaN -> OK " + i + ".0"),
                            Stream.of(0, 1).map(i -> "BATCH at=500 OK 0.0 -> OK 1.0"))
                    .sorted()
                    .toList();
            assertEquals(expected, told(queue));
        }
    }

    /** What one thread has offered before has moved the clock, on whatever shard it is, applied by then or not. */
    @ParameterizedTest
    @CsvSource({"1", "2", "5"})
    void shouldTellOfABatchAtTheTimeOfWhatWasOfferedBefore(final int shardCount) {
        try (Engine engine = launch(ClockMode.EVENT, shardCount)) {
            final UpdateQueue queue = engine.subscribe(ALL, QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 8; i++) {
                batch.offer(series.get(i), 100, i);
            }
            engine.publisher().offer(series.get(5), 900, 9);
            engine.awaitApplied(batch.commit());
            assertEquals(
                    7,
                    told(queue).stream()
                            .filter(change -> change.startsWith("BATCH at=900 EMPTY NaN -> OK"))
                            .count());
        }
    }
}
