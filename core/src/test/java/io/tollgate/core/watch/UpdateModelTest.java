package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.UpdateStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random points, late, revised, withdrawn and pending, in all clock modes: exactly the expected updates. */
class UpdateModelTest {
    private final long seed = TestSeed.of("updates and model");

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldReportWhatAReadingOfEverythingAfterEachOperationFinds(final ClockMode mode) {
        final Map<UpdateCause, Integer> counts = new EnumMap<>(UpdateCause.class);
        for (int i = 0; i < 20; i++) {
            final long streamSeed = 31 * seed + i;
            compare(mode, new Random(streamSeed), "seed=" + seed + " stream=" + i + " mode=" + mode, counts);
        }
        for (final UpdateCause cause :
                List.of(UpdateCause.POINT, UpdateCause.REVISION, UpdateCause.WITHDRAWAL, UpdateCause.TIME)) {
            assertTrue(counts.getOrDefault(cause, 0) > 0, () -> counts + " seed=" + seed);
        }
    }

    private static void compare(
            final ClockMode mode, final Random random, final String context, final Map<UpdateCause, Integer> counts) {
        final UpdateStream stream = new UpdateStream(random, mode, "updates");
        final UpdateRecorder recorder = new UpdateRecorder();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(mode).clock(stream.clock()))) {
            stream.define(engine);
            stream.feed(random.nextInt(10));
            final UpdateQueue queue =
                    engine.updates().subscribe(stream.subscription(), QueueOptions.DEFAULT.withCapacity(1 << 16));
            stream.subscribed();
            stream.feed(random.nextInt(60));
            recorder.drain(queue);
            stream.model().check(recorder.recorded(), context + " " + stream.subscription());
            assertEquals(List.of(), recorder.gaps());
            recorder.recorded().forEach(update -> counts.merge(update.cause(), 1, Integer::sum));
        }
    }
}
