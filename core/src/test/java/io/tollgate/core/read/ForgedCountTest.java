package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.pair.Pair;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.FoldedTree;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.window.WindowChangeTimes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A forged series whose point count exceeds the capacity of its store, over an endless tree. Each read reports the
 * damage, and none runs for ever.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedCountTest {
    private static final int POINTS = 200;
    private static final long AT = 10L * POINTS;
    private static final long COUNT = 1L << 62;
    private static final Window ALL = Window.since(Instants.MIN);

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);

    private final SeriesRecord record = new SeriesRecord();

    private enum Read {
        WINDOW((reader, series) -> reader.read(series, ALL, AT, reader.newReading(Metric.SUM))),
        QUANTILE((reader, series) -> reader.read(series, ALL, AT, reader.newReading(Metric.MEDIAN))),
        SHAPE((reader, series) -> reader.read(series, ALL, AT, reader.newReading(Metric.SKEW))),
        PAST((reader, series) -> reader.read(series, ALL, AT, POINTS / 2, reader.newReading(Metric.MEDIAN))),
        PENDING((reader, series) -> reader.readPending(series, -1, reader.newPendingReading(16))),
        POINTS_OF_WINDOW((reader, series) ->
                reader.readPoints(series, ALL, AT, Instants.ALL_KNOWN, reader.newVersionReading(16))),
        VERSIONS((reader, series) ->
                reader.readVersions(series, ALL, AT, Instants.ALL_KNOWN, reader.newVersionReading(16))),
        REVISIONS((reader, series) ->
                reader.readRevisions(series, ALL, AT, Instants.ALL_KNOWN, reader.newRevisionReading())),
        PAIR((reader, series) -> reader.readPair(
                Pair.asOf((StepSeries) series, (StepSeries) series),
                Window.slidingNs(AT),
                AT,
                reader.newPairReading()));

        private final BiConsumer<TestReader, Series> call;

        Read(final BiConsumer<TestReader, Series> call) {
            this.call = call;
        }

        void of(final TestReader reader, final Series series) {
            call.accept(reader, series);
        }
    }

    private Series folded(final SeriesKind kind, final long periodCode) {
        store.addSeries("some", kind.code(), 0, "COUNT", Long.MIN_VALUE).policies((byte) 0, (byte) 0, 0, periodCode);
        store.nameSeries();
        record.wrap(store.recordAddress(0));
        final PointTree tree = new PointTree(store.blocks());
        for (int i = 0; i < POINTS; i++) {
            record.lastKnowledgeTime(i);
            tree.put(record, 10L * i, i, i, i, i + 1);
        }
        FoldedTree.make(store.blocks(), record, COUNT);
        return SeriesHandle.of(store.origin(), record, 0, "some", List.of(), false);
    }

    private void requireRefused(final Read read, final Series series) {
        final TestReader reader = new TestReader(new SeriesReader(store, new ReadGate(10)));
        Refusals.require(IllegalStateException.class, () -> read.of(reader, series), " has a damaged tree");
    }

    @ParameterizedTest
    @EnumSource(Read.class)
    void shouldBeNoEndlessReadOfALevel(final Read read) {
        requireRefused(read, folded(SeriesKind.STEP, 0));
    }

    @ParameterizedTest
    @EnumSource(value = Read.class, names = "PAIR", mode = EnumSource.Mode.EXCLUDE)
    void shouldBeNoEndlessReadOfEvents(final Read read) {
        requireRefused(read, folded(SeriesKind.FLOW, 0));
    }

    /** The search for whole buckets starts with the last one. */
    @ParameterizedTest
    @EnumSource(value = Read.class, names = "PAIR", mode = EnumSource.Mode.EXCLUDE)
    void shouldBeNoEndlessReadOfPeriods(final Read read) {
        requireRefused(
                read,
                folded(SeriesKind.FLOW, ReportingPeriod.of(Duration.ofNanos(10)).code()));
    }

    @Test
    void shouldNotSearchForEverForTheNextCutPeriod() {
        folded(SeriesKind.FLOW, ReportingPeriod.of(Duration.ofNanos(10)).code());
        final WindowChangeTimes instants = new WindowChangeTimes(store.blocks());
        assertEquals(
                WindowChangeTimes.NEVER,
                instants.next(record, Window.slidingNs(AT), WindowChangeTimes.CONTENTS, AT - 100));
    }
}
