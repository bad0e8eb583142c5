package io.tollgate.core.read;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.number.CrossQuotients;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.List;
import java.util.Objects;

/**
 * Creates readings of series that the engine may be writing. All readings of a reader share its working memory, at any
 * knowledge time, so one thread at a time fills them.
 */
public final class SeriesReader implements MetricReader {
    private final ReaderAccess access;
    private final Quotients quotients;
    private final CrossQuotients cross;
    private final BasicMetrics basics;
    private final WindowQuery.Attempt windowAttempt;
    private final LevelAttempt levelAttempt;
    private final PendingAttempt pendingAttempt;
    private final ProvenanceReader provenance;
    private final PairReader pairReader;
    private final LifeReader lifeReader;

    /**
     * Creates a reader of everything known.
     *
     * @param store the store of the series.
     * @param gate  keeps the store open during a read.
     */
    public SeriesReader(final ReadableStore store, final ReadGate gate) {
        final SeqLock attempts = new SeqLock(gate, gate.newEntrance());
        access = new ReaderAccess(new ReaderOwner(), attempts, Instants.ALL_KNOWN);
        quotients = new Quotients();
        cross = new CrossQuotients();
        basics = new BasicMetrics();
        final SeriesRecord record = new SeriesRecord();
        final AsOfView view = new AsOfView(store.blocks());
        windowAttempt = new WindowQuery.Attempt(store, record, view);
        levelAttempt = new LevelAttempt(store, record, view);
        pendingAttempt = new PendingAttempt(store, record, view);
        provenance = new ProvenanceReader(store, record, view);
        pairReader = new PairReader(store);
        lifeReader = new LifeReader(store);
    }

    private SeriesReader(final SeriesReader reader, final long knownAtNs) {
        access = reader.access.asOf(knownAtNs);
        quotients = reader.quotients;
        cross = reader.cross;
        basics = reader.basics;
        windowAttempt = reader.windowAttempt;
        levelAttempt = reader.levelAttempt;
        pendingAttempt = reader.pendingAttempt;
        provenance = reader.provenance;
        pairReader = reader.pairReader;
        lifeReader = reader.lifeReader;
    }

    @Override
    public MetricReader asOf(final long knownAtNs) {
        if (knownAtNs != Instants.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
        return new SeriesReader(this, knownAtNs);
    }

    @Override
    public WindowReading windows(
            final ReadOptions options, final List<? extends Window> windows, final Metric... metrics) {
        Objects.requireNonNull(windows, "windows=null, expected a list of windows");
        Objects.requireNonNull(metrics, "metrics=null, expected an array of metrics");
        for (final Metric metric : metrics) {
            WindowValues.requireMetric(metric);
        }
        return new WindowQuery(access, windowAttempt, basics, given(options), windows, metrics);
    }

    @Override
    public LevelReading level() {
        return new LevelQuery(access, levelAttempt, quotients);
    }

    @Override
    public PendingReading pending(final int maxPoints) {
        return new PendingQuery(access, pendingAttempt, quotients, maxPoints);
    }

    @Override
    public VersionReading points(final Window window, final int maxPoints) {
        return new VersionQuery(access, provenance.points(), quotients, window, "maxPoints", maxPoints);
    }

    @Override
    public VersionReading versions(final Window window, final int maxVersions) {
        return new VersionQuery(access, provenance.versions(), quotients, window, "maxVersions", maxVersions);
    }

    @Override
    public VersionCursor versionCursor() {
        return new VersionScan(access, provenance.pages());
    }

    @Override
    public RevisionReading revisions(final Window window) {
        return new RevisionQuery(access, provenance.revisions(), quotients, window);
    }

    @Override
    public LifeReading life() {
        return new LifeQuery(access, lifeReader);
    }

    @Override
    public PairReading pair(final ReadOptions options, final Pair pair, final Window window) {
        return newPair(options, pair, window);
    }

    private PairQuery newPair(final ReadOptions options, final Pair pair, final Window window) {
        return new PairQuery(access, pairReader, cross, quotients, given(options), pair, window);
    }

    @Override
    public LagReading lags(final ReadOptions options, final Pair pair, final Window window, final LagRange lags) {
        return new LagQuery(access, pairReader, newPair(options, pair, window), lags);
    }

    @Override
    public void handOver() {
        access.handOver();
    }

    private static ReadOptions given(final ReadOptions options) {
        return Objects.requireNonNull(options, "options=null, expected options, for example ReadOptions.DEFAULT");
    }
}
