package io.tollgate.core.read;

import io.tollgate.api.LagRange;
import io.tollgate.api.LagReading;
import io.tollgate.api.LevelReading;
import io.tollgate.api.LifeReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairReading;
import io.tollgate.api.PendingReading;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.RevisionReading;
import io.tollgate.api.Series;
import io.tollgate.api.StepSeries;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.metric.LifeAnswer;
import io.tollgate.core.store.ShardStores;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads the series of several shards, each through a reader of its shard, which the number of the series names in its
 * low bits. What is read of two series is read by the reader of the second. Used by one thread at a time.
 */
public final class ShardedReader implements MetricReader {
    private final ShardStores stores;
    private final SeriesReader[] readers;
    private final LifeReader lifeReader;

    /** By the shards of x and y; made when first needed, as few of them are. */
    private final PairReader[][] pairReaders;

    /**
     * A reader.
     *
     * @param stores         of the shards.
     * @param gate           that keeps the stores open while something is read.
     * @param maxAttempts    after which a read says CONTENDED.
     * @param contendedCount counts those.
     */
    public ShardedReader(
            final ShardStores stores, final ReadGate gate, final int maxAttempts, final LongAdder contendedCount) {
        this.stores = stores;
        final ReaderScratch scratch = new ReaderScratch();
        readers = new SeriesReader[stores.count()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new SeriesReader(stores.get(i), gate, maxAttempts, contendedCount, scratch);
        }
        pairReaders = new PairReader[readers.length][readers.length];
        lifeReader = new LifeReader(stores, gate.newEntrance(), maxAttempts, contendedCount);
    }

    @Override
    public WindowReading newReading(final ReadOptions options, final Metric... metrics) {
        return readers[0].newReading(options, metrics);
    }

    @Override
    public LevelReading newLevelReading() {
        return readers[0].newLevelReading();
    }

    @Override
    public PendingReading newPendingReading(final int maxPoints) {
        return readers[0].newPendingReading(maxPoints);
    }

    @Override
    public VersionReading newVersionReading(final int maxVersions) {
        return readers[0].newVersionReading(maxVersions);
    }

    @Override
    public RevisionReading newRevisionReading() {
        return readers[0].newRevisionReading();
    }

    @Override
    public LifeReading newLifeReading() {
        return new LifeAnswer();
    }

    @Override
    public PairReading newPairReading(final ReadOptions options) {
        return readers[0].newPairReading(options);
    }

    @Override
    public LagReading newLagReading(final ReadOptions options, final LagRange lags) {
        return readers[0].newLagReading(options, lags);
    }

    @Override
    public void read(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        readers[stores.shardOf(series)].read(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readLevel(final StepSeries series, final long atNs, final long knownAtNs, final LevelReading reading) {
        readers[stores.shardOf(series)].readLevel(series, atNs, knownAtNs, reading);
    }

    @Override
    public void readPending(final Series series, final long atNs, final long knownAtNs, final PendingReading reading) {
        readers[stores.shardOf(series)].readPending(series, atNs, knownAtNs, reading);
    }

    @Override
    public void readPoints(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readers[stores.shardOf(series)].readPoints(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readVersions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readers[stores.shardOf(series)].readVersions(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readRevisions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionReading reading) {
        readers[stores.shardOf(series)].readRevisions(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readPair(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final PairReading reading) {
        final int x = stores.shardOf(pair.x());
        final int y = stores.shardOf(pair.y());
        readers[y].readPair(pairReader(x, y), stores.get(x), pair, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readLags(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final LagReading reading) {
        final int x = stores.shardOf(pair.x());
        final int y = stores.shardOf(pair.y());
        readers[y].readLags(pairReader(x, y), stores.get(x), pair, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readLife(final Series series, final long knownAtNs, final LifeReading reading) {
        lifeReader.read(series, knownAtNs, (LifeAnswer) reading);
    }

    private PairReader pairReader(final int x, final int y) {
        if (pairReaders[x][y] == null) {
            pairReaders[x][y] =
                    new PairReader(stores.get(x).blocks(), stores.get(y).blocks());
        }
        return pairReaders[x][y];
    }
}
