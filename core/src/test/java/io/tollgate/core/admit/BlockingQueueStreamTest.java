package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.ClockModel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random points, withdrawals and batches of a stepped engine give the same updates for each queue capacity. */
class BlockingQueueStreamTest {
    private static final int[] CAPACITIES = {2, 4, 16, 64};
    private static final int SERIES_COUNT = 5;
    private static final int ROUNDS = 12;

    private final long seed = TestSeed.of("queues that block");

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReportTheSameForAnyQueueCapacity(final ClockMode mode) {
        compare(mode, TestEffort.times(1));
    }

    @Tag("ci")
    @ParameterizedTest
    @EnumSource(ClockMode.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReportTheSameForAnyQueueCapacityOfManyStreams(final ClockMode mode) {
        compare(mode, TestEffort.times(25));
    }

    private void compare(final ClockMode mode, final int streamCount) {
        for (int i = 0; i < streamCount; i++) {
            for (final int capacity : CAPACITIES) {
                final Stream stream = new Stream(mode, 31 * seed + i, capacity);
                stream.compare("seed=" + seed + " mode=" + mode + " stream=" + i + " capacity=" + capacity);
            }
        }
    }

    /** A stream that is the same in each run. */
    private static final class Stream {
        private final ClockMode mode;
        private final long seed;
        private final int capacity;
        private final Subscription subscription;

        private final Random polls;
        private Random random;
        private Engine engine;
        private ClockModel clock;
        private FlowSeries[] series;
        private long now;
        private long reference;

        Stream(final ClockMode mode, final long seed, final int capacity) {
            this.mode = mode;
            this.seed = seed;
            this.capacity = capacity;
            polls = new Random(seed);
            random = new Random(seed);
            subscription = subscription();
        }

        private Subscription subscription() {
            final WatchedMetric sum = WatchedMetric.of(Window.slidingNs(1 + random.nextInt(30)), Metric.SUM);
            final WatchedMetric max = WatchedMetric.of(Window.slidingNs(1 + random.nextInt(9)), Metric.MAX);
            final Subscription all = Subscription.of("all", "followed.*");
            return switch (random.nextInt(capacity < 4 ? 2 : 4)) {
                case 0 -> all.withMetrics(sum);
                case 1 -> all.withMetrics(sum, max);
                case 2 -> all.withMetrics(max).withWatches(Watch.above(sum, 20));
                default -> all.withWatches(Watch.above(sum, 10), Watch.below(max, 3));
            };
        }

        void compare(final String context) {
            final UpdateRecorder wanted = run(new QueueOptions(1 << 16, OverflowPolicy.DROP_OLDEST));
            final UpdateRecorder recorded = run(new QueueOptions(capacity, OverflowPolicy.BLOCK));
            assertEquals(List.of(), wanted.gaps(), context);
            assertEquals(List.of(), recorded.gaps(), context);
            assertEquals(of(wanted), of(recorded), context);
        }

        /** The text omits the sequence, because small frames log more clock advances. */
        private static List<String> of(final UpdateRecorder recorder) {
            return recorder.recorded().stream()
                    .map(update -> update.toString().replaceFirst(" sequence=\\d+,", ""))
                    .toList();
        }

        private UpdateRecorder run(final QueueOptions options) {
            random = new Random(seed);
            now = 1_000;
            reference = 0;
            clock = new ClockModel(mode, now);
            final UpdateRecorder recorder = new UpdateRecorder();
            engine = TollgateEngine.launch(TestContext.stepped(mode).clock(clock));
            final UpdateQueue queue;
            try {
                if (mode == ClockMode.MANUAL) {
                    engine.advanceTo(now);
                }
                series = IntStream.range(0, SERIES_COUNT).mapToObj(this::define).toArray(FlowSeries[]::new);
                queue = engine.updates().subscribe(subscription, options);
                for (int round = 0; round < ROUNDS; round++) {
                    offer();
                    work(queue, recorder);
                    moveClock(queue, recorder);
                }
                offer();
            } finally {
                engine.close();
            }
            // The close still applies these points.
            queue.poll(recorder, Integer.MAX_VALUE);
            return recorder;
        }

        private FlowSeries define(final int index) {
            final String key = (index == 0 ? "other." : "followed.") + index;
            return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REVISE));
        }

        private void offer() {
            final int count = 1 + random.nextInt(80);
            for (int i = 0; i < count; i++) {
                now += random.nextInt(4) == 0 ? random.nextInt(12) : 0;
                if (random.nextInt(30) == 0) {
                    offerBatch();
                } else {
                    offerPoint();
                }
            }
        }

        private void offerPoint() {
            final FlowSeries one = series[random.nextInt(SERIES_COUNT)];
            final long time = time();
            final long ticket = random.nextInt(8) == 0
                    ? engine.publisher()
                            .point(one)
                            .validAt(time)
                            .knownAt(knowledge())
                            .reference(++reference)
                            .withdraw()
                    : KnownPoint.offer(engine.publisher(), one, time, random.nextInt(30), knowledge(), ++reference);
            assertTrue(ticket > 0);
        }

        private void offerBatch() {
            final Batch batch = engine.publisher().newBatch();
            assertEquals(0, batch.begin());
            final int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                final FlowSeries one = series[random.nextInt(SERIES_COUNT)];
                assertTrue(KnownPoint.offer(batch, one, time(), random.nextInt(30), knowledge(), ++reference) >= 0);
            }
            assertTrue(batch.commit() > 0);
        }

        private long knowledge() {
            return mode == ClockMode.KNOWLEDGE ? now : Instants.NONE;
        }

        /** Draws mostly the current time, sometimes a late or pending one. */
        private long time() {
            return switch (random.nextInt(6)) {
                case 0 -> now - random.nextInt(40);
                case 1 -> now + random.nextInt(mode == ClockMode.EVENT ? 3 : 40);
                default -> now;
            };
        }

        private void moveClock(final UpdateQueue queue, final UpdateRecorder recorder) {
            final long until = now + random.nextInt(60);
            if (mode == ClockMode.SYSTEM) {
                clock.moveTo(until);
                work(queue, recorder);
            } else if (mode == ClockMode.MANUAL) {
                engine.advanceTo(until);
                work(queue, recorder);
            }
            now = until;
        }

        /** Steps and polls until the engine is idle. */
        private void work(final UpdateQueue queue, final UpdateRecorder recorder) {
            int work;
            do {
                work = engine.step() + queue.poll(recorder, 1 + polls.nextInt(capacity));
            } while (work > 0);
        }
    }
}
