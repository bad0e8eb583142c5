package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.fixture.Witnesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads read while batches change all series at once. No reader sees half a batch. */
class BatchAtomicityTest {
    private static final int SERIES = 9;
    private static final int BATCHES = 300;
    private static final long LENGTH_NS = 1_000;

    @TempDir
    private Path directory;

    /** Each batch sets every series to the level k for the second half of the window, with two points. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldNeverShowHalfABatchInOneSeriesOrTwoOrAGroup(final boolean isForeign) throws Exception {
        final EngineContext context = TestContext.of(ClockMode.EVENT);
        if (isForeign) {
            context.directory(directory).limits(Limits.DEFAULT.withFirstMapEntries(1_024));
        }
        try (Engine engine = TollgateEngine.launch(context);
                Witnesses witnesses = new Witnesses(engine, 1, BATCHES)) {
            final List<StepSeries> all = IntStream.range(0, SERIES)
                    .mapToObj(i -> engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)
                            .withWindows(Window.slidingNs(LENGTH_NS))))
                    .toList();
            final Batch batch = engine.publisher().newBatch();
            engine.awaitApplied(put(engine, batch, all, 1));
            if (isForeign) {
                try (DirectoryView view = DirectoryView.open(directory)) {
                    final List<StepSeries> found = all.stream()
                            .map(series -> (StepSeries) view.find(series.key()).orElseThrow())
                            .toList();
                    final Looks looks = new Looks(() -> new TestReader(view.newReader()), view::newPanelReader, found);
                    feed(engine, batch, all, witnesses, looks);
                }
            } else {
                feed(
                        engine,
                        batch,
                        all,
                        witnesses,
                        new Looks(() -> new TestReader(engine.newReader()), engine::newPanelReader, all));
            }
            assertEquals(BATCHES, engine.admin().statistics().batchCounts().applied());
        }
    }

    private static void feed(
            final Engine engine,
            final Batch batch,
            final List<StepSeries> all,
            final Witnesses witnesses,
            final Looks looks)
            throws Exception {
        witnesses.begin(looks.oneSeries(), looks.twoSeries(), looks.group());
        for (int k = 2; k <= BATCHES; k++) {
            final long ticket = put(engine, batch, all, k);
            if (k % 4 == 0) {
                engine.awaitApplied(ticket);
                witnesses.acknowledge(k);
            }
        }
        witnesses.finish();
    }

    private static long put(final Engine engine, final Batch batch, final List<StepSeries> all, final long k) {
        while (batch.begin() < 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < SERIES; i++) {
            // Each batch has another order of the series.
            final StepSeries series = all.get((int) ((i * 7 + k) % SERIES));
            batch.offer(series, 0, -k);
            batch.offer(series, LENGTH_NS / 2, k);
        }
        long ticket = batch.commit();
        while (ticket == Publisher.BACK_PRESSURED) {
            Thread.onSpinWait();
            ticket = batch.commit();
        }
        assertTrue(ticket > 0, Publisher.describe(ticket));
        return ticket;
    }

    /** The readers of the engine or of another process. */
    private record Looks(Supplier<TestReader> readers, Supplier<PanelReader> panelReaders, List<StepSeries> all) {
        /** The level is -k for half of the time and k for the other half, so the mean is 0. */
        LongSupplier oneSeries() {
            final TestReader reader = readers.get();
            final WindowReading reading = reader.newReading();
            return () -> {
                reader.read(all.get(4), Window.slidingNs(LENGTH_NS), LENGTH_NS, reading);
                if (reading.status(Metric.MEAN) == Status.CONTENDED) {
                    return -1;
                }
                assertEquals(0.0, reading.value(Metric.MEAN));
                return (long) reading.value(Metric.LAST);
            };
        }

        /** If both series have the same k, the slope between them is 1. */
        LongSupplier twoSeries() {
            final TestReader reader = readers.get();
            final PairReading reading = reader.newPairReading();
            final List<Pair> pairs = new ArrayList<>();
            for (int i = 1; i < SERIES; i++) {
                pairs.add(Pair.asOf(all.get(i - 1), all.get(i)));
            }
            final int[] next = {0};
            return () -> {
                next[0] = (next[0] + 1) % pairs.size();
                reader.readPair(pairs.get(next[0]), Window.slidingNs(LENGTH_NS), LENGTH_NS, reading);
                if (reading.status(PairMetric.BETA) == Status.CONTENDED) {
                    return -1;
                }
                assertEquals(1.0, reading.value(PairMetric.BETA));
                return Math.round(Math.sqrt(reading.value(PairMetric.COVARIANCE)));
            };
        }

        /** If all nine levels are k, the mean is k. A mix of k and k - 1 has no integer mean. */
        LongSupplier group() {
            final PanelReader reader = panelReaders.get();
            final Group group = Group.of(all.stream().map(GroupMember::of).toList());
            final GroupReading reading = reader.group(group);
            return () -> {
                reading.read(LENGTH_NS);
                if (reading.status(GroupMetric.SIMPLE) == Status.CONTENDED) {
                    return -1;
                }
                final double mean = reading.value(GroupMetric.SIMPLE);
                assertEquals(Math.rint(mean), mean);
                return (long) mean;
            };
        }
    }

    @Test
    void shouldReportABatchOnceASeriesAndNothingOfWhatItPassedThrough() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            engine.advanceTo(LENGTH_NS);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("levels", "level.*").withMetrics(WatchedMetric.LEVEL),
                            QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final StepSeries series : all) {
                batch.offer(series, 10, 1);
                batch.offer(series, 20, 2);
                batch.offer(series, 20, 3);
            }
            engine.awaitApplied(batch.commit());
            final List<UpdateRecorder.Recorded> recorded =
                    new UpdateRecorder().drain(queue).recorded();
            assertEquals(SERIES, recorded.size());
            for (final UpdateRecorder.Recorded update : recorded) {
                assertEquals(UpdateCause.BATCH, update.cause());
                assertEquals(3, update.newScaledValue());
            }
            assertEquals(
                    all.stream().map(StepSeries::number).sorted().toList(),
                    recorded.stream()
                            .map(UpdateRecorder.Recorded::seriesNumber)
                            .sorted()
                            .toList());
        }
    }
}
