package io.tollgate.core.read;

import static io.tollgate.core.read.ReadArguments.requireInRange;
import static io.tollgate.core.read.ReadArguments.requireOwn;
import static io.tollgate.core.read.ReadArguments.requireReading;
import static io.tollgate.core.read.ReadArguments.requireSeries;
import static io.tollgate.core.read.ReadArguments.requireWindow;

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
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.LagAnswer;
import io.tollgate.core.metric.LevelAnswer;
import io.tollgate.core.metric.LifeAnswer;
import io.tollgate.core.metric.PairAnswer;
import io.tollgate.core.metric.PendingAnswer;
import io.tollgate.core.metric.RevisionAnswer;
import io.tollgate.core.metric.VersionAnswer;
import io.tollgate.core.metric.WindowAnswer;
import io.tollgate.core.number.CrossQuotients;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Reads series while they are being written, in {@link SeqLock}. Used by one thread at a time. */
public final class SeriesReader implements MetricReader {
    private final SeqLock attempts;
    private final Quotients quotients = new Quotients();
    private final CrossQuotients cross = new CrossQuotients();
    private final BasicMetrics basics = new BasicMetrics();
    private final WindowAttempt windowAttempt;
    private final LevelAttempt levelAttempt;
    private final PendingAttempt pendingAttempt;
    private final ProvenanceReader provenance;
    private final PairReader pairReader;
    private final LifeReader lifeReader;

    /**
     * A reader.
     *
     * @param store          where the series are.
     * @param gate           that keeps the store open while something is read.
     * @param maxAttempts    after which a read says CONTENDED.
     * @param contendedCount counts those.
     */
    public SeriesReader(
            final ReadableStore store, final ReadGate gate, final int maxAttempts, final LongAdder contendedCount) {
        attempts = new SeqLock(gate.newEntrance(), maxAttempts, contendedCount);
        final SeriesRecord record = new SeriesRecord();
        final AsOfView view = new AsOfView(store.blocks());
        windowAttempt = new WindowAttempt(store, record, view);
        levelAttempt = new LevelAttempt(store, record, view);
        pendingAttempt = new PendingAttempt(store, record, view);
        provenance = new ProvenanceReader(store, record, view);
        pairReader = new PairReader(store);
        lifeReader = new LifeReader(store, attempts);
    }

    private static final class WindowAttempt extends SeriesAttempt<WindowAnswer> {
        private final WindowRead read;

        WindowAttempt(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
            read = new WindowRead(store.blocks());
        }

        @Override
        boolean fill(
                final SeriesRecord series,
                final Window window,
                final long atNs,
                final long knownAtNs,
                final WindowAnswer answer) {
            return read.read(series, window, atNs, answer);
        }
    }

    @Override
    public WindowReading newReading(final ReadOptions options, final Metric... metrics) {
        Objects.requireNonNull(metrics, "metrics=null, expected any number of them");
        for (final Metric metric : metrics) {
            WindowAnswer.requireMetric(metric);
        }
        return new WindowAnswer(basics, given(options), metrics);
    }

    @Override
    public LevelReading newLevelReading() {
        return new LevelAnswer(quotients);
    }

    @Override
    public PendingReading newPendingReading(final int maxPoints) {
        return new PendingAnswer(quotients, maxPoints);
    }

    @Override
    public VersionReading newVersionReading(final int maxVersions) {
        return new VersionAnswer(quotients, maxVersions);
    }

    @Override
    public RevisionReading newRevisionReading() {
        return new RevisionAnswer(quotients);
    }

    @Override
    public LifeReading newLifeReading() {
        return new LifeAnswer();
    }

    @Override
    public PairReading newPairReading(final ReadOptions options) {
        return new PairAnswer(cross, quotients, given(options));
    }

    @Override
    public LagReading newLagReading(final ReadOptions options, final LagRange lags) {
        Objects.requireNonNull(lags, "lags=null, expected a range");
        return new LagAnswer(lags, new PairAnswer(cross, quotients, given(options)));
    }

    @Override
    public void read(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        requireInRange(atNs, knownAtNs);
        requireSeries(series);
        requireWindow(window);
        final WindowAnswer answer = (WindowAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(basics));
        answer.unit(series.definition().unit());
        final Status status = attempts.read(windowAttempt.of(series), window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    @Override
    public void readLevel(final StepSeries series, final long atNs, final long knownAtNs, final LevelReading reading) {
        requireInRange(atNs, knownAtNs);
        requireSeries(series);
        final LevelAnswer answer = (LevelAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        final Status status = attempts.read(levelAttempt.of(series), null, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    @Override
    public void readPending(final Series series, final long atNs, final long knownAtNs, final PendingReading reading) {
        requireInRange(atNs, knownAtNs);
        requireSeries(series);
        final PendingAnswer answer = (PendingAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        final Status status = attempts.read(pendingAttempt.of(series), null, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    @Override
    public void readPoints(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readVersions(provenance.points(), series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readVersions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readVersions(provenance.versions(), series, window, atNs, knownAtNs, reading);
    }

    private void readVersions(
            final SeriesAttempt<VersionAnswer> attempt,
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        requireInRange(atNs, knownAtNs);
        requireSeries(series);
        requireWindow(window);
        final VersionAnswer answer = (VersionAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        final Status status = attempts.read(attempt.of(series), window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status);
        }
    }

    @Override
    public void readRevisions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionReading reading) {
        requireInRange(atNs, knownAtNs);
        requireSeries(series);
        requireWindow(window);
        final RevisionAnswer answer = (RevisionAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        final Status status = attempts.read(provenance.revisions().of(series), window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status);
        }
    }

    @Override
    public void readPair(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final PairReading reading) {
        requireInRange(atNs, knownAtNs);
        PairReader.requireSuits(pair, window);
        final PairAnswer answer = (PairAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(cross));
        final Status status = attempts.read(pairReader.oneLag().of(pair), window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    @Override
    public void readLags(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final LagReading reading) {
        requireInRange(atNs, knownAtNs);
        PairReader.requireSuits(pair, window);
        final LagAnswer answer = (LagAnswer) requireReading(reading);
        PairReader.requireSuits(pair, answer.lags());
        requireOwn(answer.pair().isMadeWith(cross));
        final Status status = attempts.read(pairReader.allLags().of(pair), window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    @Override
    public void readLife(final Series series, final long knownAtNs, final LifeReading reading) {
        requireSeries(series);
        lifeReader.read(series, knownAtNs, (LifeAnswer) requireReading(reading));
    }

    private static ReadOptions given(final ReadOptions options) {
        return Objects.requireNonNull(options, "options=null, expected some, as ReadOptions.DEFAULT");
    }
}
