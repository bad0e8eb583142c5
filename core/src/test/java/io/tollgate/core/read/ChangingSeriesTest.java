package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.store.CountedStore;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesMark;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointTree;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A series is being changed by a long batch or by a killed process. A reader checks its version word as often as
 * permitted, and reads no other data.
 */
class ChangingSeriesTest {
    private static final int MAX_ATTEMPTS = 1_000;
    private static final int POINTS = 300;
    private static final long AT_NS = POINTS / 2;
    private static final Window WINDOW = Window.slidingNs(100);

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 8, LangUtil::rethrowUnchecked);

    private final CountedStore counted = new CountedStore(store);
    private final ReadGate gate = new ReadGate(MAX_ATTEMPTS);
    private final TestReader reader = new TestReader(new SeriesReader(counted, gate));
    private final StepSeries x = series("x");
    private final StepSeries y = series("y");

    private StepSeries series(final String key) {
        final long number = store.seriesCount();
        store.addSeries(key, SeriesKind.STEP.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies(DuplicatePolicy.REVISE.code(), (byte) 0, 0, 0);
        store.nameSeries();
        final SeriesRecord record = new SeriesRecord().wrap(store.recordAddress(number));
        final PointTree tree = new PointTree(store.blocks());
        for (int i = 0; i < POINTS; i++) {
            record.beginChange(i);
            tree.put(record, i, i % 7, i, 0, i);
            record.endChange(i);
        }
        return (StepSeries) SeriesHandle.of(store.origin(), record, number, key, List.of(), false);
    }

    @Test
    void shouldNotBeReadWhileItIsChanged() {
        requireOnlyReads(this::window);
        requireOnlyReads(this::level);
        requireOnlyReads(this::pending);
        requireOnlyReads(this::points);
        requireOnlyReads(this::versions);
        requireOnlyReads(this::revisions);
        requireOnlyReads(() -> pair(Pair.asOf(x, y)));
        requireOnlyReads(() -> pair(Pair.asOf(y, x)));
        requireOnlyReads(() -> lags(Pair.asOf(x, y)));
        requireOnlyReads(() -> lags(Pair.asOf(y, x)));
    }

    private void requireOnlyReads(final Supplier<Status> read) {
        final long given = gate.contendedCount();
        final long address = store.recordAddress(x.number());
        assertTrue(SeriesMark.set(address));
        final long before = counted.blockCount();
        assertEquals(Status.CONTENDED, read.get());
        assertEquals(before, counted.blockCount());
        assertEquals(given + 1, gate.contendedCount());

        SeriesMark.clear(address);
        assertEquals(Status.OK, read.get());
        assertTrue(counted.blockCount() > before, "blockCount=" + counted.blockCount());
        assertEquals(given + 1, gate.contendedCount());
    }

    private Status window() {
        final WindowReading reading = reader.newReading(Metric.MEAN);
        reader.read(x, WINDOW, AT_NS, reading);
        return reading.status(Metric.MEAN);
    }

    private Status level() {
        final LevelReading reading = reader.level(x, AT_NS);
        return reading.status();
    }

    private Status pending() {
        final PendingReading reading = reader.newPendingReading(POINTS);
        reader.readPending(x, AT_NS, reading);
        return reading.status();
    }

    private Status points() {
        final VersionReading reading = reader.newVersionReading(POINTS);
        reader.readPoints(x, WINDOW, AT_NS, Instants.ALL_KNOWN, reading);
        return reading.status();
    }

    private Status versions() {
        final VersionReading reading = reader.newVersionReading(POINTS);
        reader.readVersions(x, WINDOW, AT_NS, Instants.ALL_KNOWN, reading);
        return reading.status();
    }

    private Status revisions() {
        final RevisionReading reading = reader.newRevisionReading();
        reader.readRevisions(x, WINDOW, AT_NS, Instants.ALL_KNOWN, reading);
        return reading.status();
    }

    private Status pair(final Pair pair) {
        final PairReading reading = reader.newPairReading();
        reader.readPair(pair, WINDOW, AT_NS, reading);
        return reading.status(PairMetric.CORRELATION);
    }

    private Status lags(final Pair pair) {
        final LagReading reading =
                reader.newLagReading(LagRange.of(Duration.ofNanos(-2), Duration.ofNanos(2), Duration.ofNanos(1)));
        reader.readLags(pair, WINDOW, AT_NS, reading);
        return reading.status(0);
    }
}
