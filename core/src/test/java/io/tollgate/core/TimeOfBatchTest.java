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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimeOfBatchTest {
    private static final Subscription ALL = Subscription.of("all", "*")
            .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.slidingNs(100), Metric.COUNT));

    @ParameterizedTest
    @EnumSource(
            value = ClockMode.class,
            names = {"EVENT", "KNOWLEDGE"})
    void shouldTellOfABatchAtTheLatestOfItsTimes(final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().timesNearEpochAllowed(true).clockMode(mode).stepped(true))) {
            final List<StepSeries> series = IntStream.range(0, 8)
                    .mapToObj(i -> engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)))
                    .toList();
            final UpdateQueue queue = engine.subscribe(ALL, QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 8; i++) {
                final long time = 500 - 60 * i;
                // Each series knows its point at another time.
                batch.offer(series.get(i), time, i, mode == ClockMode.KNOWLEDGE ? time : Publisher.NONE, i);
            }
            engine.awaitApplied(batch.commit());
            assertEquals(500, engine.now());
            final List<String> expected = Stream.concat(
                            IntStream.range(0, 8).mapToObj(i -> "BATCH at=500 EMPTY NaN -> OK " + i + ".0"),
                            IntStream.range(0, 2).mapToObj(i -> "BATCH at=500 OK 0.0 -> OK 1.0"))
                    .sorted()
                    .toList();
            assertEquals(
                    expected,
                    new UpdateRecorder()
                            .drain(queue).changes().stream().sorted().toList());
        }
    }
}
