package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.UpdateStream;
import io.tollgate.core.oracle.WatchModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Watches on random points, late, revised, withdrawn and pending: always the events of the timeline as known now. */
class WatchModelTest {
    private static final long MANY_EVENTS_SEED = 31 * 13 + 9;

    private final long seed = TestSeed.of("watches and model");
    private long eventCount;
    private long retractedCount;

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldHaveReportedTheEventsOfTheCourseAsItIsKnownAfterEachOperation(final ClockMode mode) {
        // Some streams follow no metric that crosses its threshold, so the test compares more of them.
        for (int i = 0; i < 12 || i < 600 && (eventCount <= 20 || retractedCount == 0); i++) {
            compare(mode, new Random(31 * seed + i), 30, "seed=" + seed + " stream=" + i + " mode=" + mode);
        }
        assertTrue(eventCount > 20, () -> "events=" + eventCount + " seed=" + seed);
        assertTrue(retractedCount > 0, () -> "retracted=" + retractedCount + " seed=" + seed);
    }

    /** More events than can be retracted: the older ones stay, whatever becomes known. */
    @Test
    void shouldKeepWhatIsFinal() {
        assertTrue(compare(ClockMode.SYSTEM, new Random(MANY_EVENTS_SEED), 400, "many events") > 0);
    }

    private int compare(final ClockMode mode, final Random random, final int most, final String context) {
        final UpdateStream stream = new UpdateStream(random, mode, "watched");
        stream.watch();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(mode).clock(stream.clock()))) {
            stream.define(engine);
            stream.feed(random.nextInt(4));
            final UpdateQueue queue =
                    engine.updates().subscribe(stream.subscription(), QueueOptions.DEFAULT.withCapacity(1 << 12));
            stream.clock().tick();
            final WatchModel model = new WatchModel(engine, stream.subscription());
            stream.oracles()
                    .keySet()
                    .forEach(series -> model.follow(series, stream.clock().now()));
            final int count = random.nextInt(most);
            for (int i = 0; i < count; i++) {
                stream.feed(1);
                stream.oracles().keySet().forEach(series -> model.follow(series, stream.definedAt(series)));
                final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
                final String where = context + " operation=" + i + " " + stream.subscription();
                model.take(recorder.recorded(), where);
                eventCount += model.check(stream.oracles(), stream.clock().now(), where);
            }
            retractedCount += model.retractedCount();
            return model.finalCount();
        }
    }
}
