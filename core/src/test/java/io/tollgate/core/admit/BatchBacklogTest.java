package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Control commands execute even if producers fill the batch slots again in each cycle. */
class BatchBacklogTest {
    private static final int SERIES = 12;

    /** Many more batches than slots, so that a call that waits for the last batch fails the test. */
    private static final int BATCHES = 20_000;

    private static final int MAX_WAIT = 2_000;

    private Engine engine;
    private Batch batch;
    private List<StepSeries> all;
    private long time;
    private int left;

    @AfterEach
    void close() {
        left = 0;
        engine.close();
    }

    /** The engine calls this method in each cycle. */
    private long nanoTime() {
        time++;
        while (left > 0 && batch.begin() == 0) {
            for (int i = 0; i < SERIES; i++) {
                assertEquals(i + 1, batch.offer(all.get(i), time, left));
            }
            assertTrue(batch.commit() > 0);
            left--;
        }
        return time;
    }

    private StepSeries define(final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    private void requireTurn(final String what, final Runnable call) {
        left = BATCHES;
        call.run();
        final int meanwhile = BATCHES - left;
        assertTrue(meanwhile > 0 && meanwhile < MAX_WAIT, () -> what + " waited for " + meanwhile + " batches");
    }

    @Test
    void shouldRunCommandsBetweenBatches() {
        engine = TollgateEngine.launch(TestContext.stepped().clock(this::nanoTime));
        all = IntStream.range(0, SERIES).mapToObj(i -> define("level." + i)).toList();
        batch = engine.publisher().newBatch();
        for (int i = 0; i < 5; i++) {
            final String key = "more." + i;
            requireTurn("defineStep", () -> define(key));
            requireTurn(
                    "closeSeries",
                    () -> engine.series().close(engine.series().find(key).orElseThrow(), LifeEnd.at(5)));
            requireTurn("lastRefusals", () -> engine.admin().audit().lastRefusals());
        }
    }
}
