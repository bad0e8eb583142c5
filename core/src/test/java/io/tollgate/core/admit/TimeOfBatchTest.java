package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
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
    void shouldReportABatchAtTheLatestOfItsTimes(final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(mode))) {
            final List<StepSeries> series = Levels.define(engine, 8);
            final UpdateQueue queue = engine.updates().subscribe(ALL, QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 8; i++) {
                final long time = 500 - 60 * i;
                // Each series has another knowledge time for its point.
                final long known = mode == ClockMode.KNOWLEDGE ? time : Instants.NONE;
                KnownPoint.offer(batch, series.get(i), time, i, known, i);
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
