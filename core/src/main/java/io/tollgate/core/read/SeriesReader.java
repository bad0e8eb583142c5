package io.tollgate.core.read;

import io.tollgate.api.Instants;
import io.tollgate.api.LagRange;
import io.tollgate.api.LagReading;
import io.tollgate.api.LevelReading;
import io.tollgate.api.LifeReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairReading;
import io.tollgate.api.PendingReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.RevisionReading;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
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
import io.tollgate.core.store.PointPath;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.window.OpenEnd;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads series while they are being written: takes the version of the record (acquire), reads if it is even, and takes
 * the version again. Until both are equal everything read is untrusted: numbers are range-checked, loops are bounded,
 * and nothing throws. Used by one thread at a time.
 */
public final class SeriesReader implements MetricReader {
    private final ReadableStore store;
    private final ReadGate.Entrance entrance;
    private final int maxAttempts;
    private final LongAdder contendedCount;
    private final Quotients quotients;
    private final CrossQuotients cross;
    private final BasicMetrics basics;
    private final SeriesRecord record = new SeriesRecord();
    private final WindowRead windowRead;
    private final PointPath path;
    private final KnowledgeView view;
    private final PointReader pointReader;
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
        this(store, gate, maxAttempts, contendedCount, new ReaderScratch());
    }

    SeriesReader(
            final ReadableStore store,
            final ReadGate gate,
            final int maxAttempts,
            final LongAdder contendedCount,
            final ReaderScratch scratch) {
        this.store = store;
        quotients = scratch.quotients();
        cross = scratch.cross();
        basics = scratch.basics();
        this.entrance = gate.newEntrance();
        this.maxAttempts = maxAttempts;
        this.contendedCount = contendedCount;
        windowRead = new WindowRead(store.blocks());
        path = new PointPath(store.blocks());
        pointReader = new PointReader(store, entrance, maxAttempts, contendedCount, quotients);
        view = new KnowledgeView(store.blocks());
        pairReader = new PairReader(store.blocks(), store.blocks());
        lifeReader = new LifeReader(store, entrance, maxAttempts, contendedCount);
    }

    @Override
    public WindowReading newReading(final ReadOptions options, final Metric... metrics) {
        return new WindowAnswer(basics, options, metrics);
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
        return new PairAnswer(cross, quotients, options);
    }

    @Override
    public LagReading newLagReading(final ReadOptions options, final LagRange lags) {
        return new LagAnswer(lags, new PairAnswer(cross, quotients, options));
    }

    @Override
    public void read(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        requireInRange(atNs, knownAtNs);
        final WindowAnswer answer = (WindowAnswer) reading;
        requireOwn(answer.isMadeWith(basics));
        answer.unit(series.definition().unit());
        entrance.enter();
        try {
            wrap(record, store, series);
            for (int attempt = 0; attempt < maxAttempts; attempt++) {
                if (tryRead(window, atNs, knownAtNs, answer)) {
                    return;
                }
                Attempts.pause(attempt);
            }
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
        contendedCount.increment();
        answer.none(Status.CONTENDED, atNs);
    }

    private boolean tryRead(final Window window, final long atNs, final long knownAtNs, final WindowAnswer answer) {
        final long version = record.version();
        if (Attempts.isBeingChanged(version)) {
            return false;
        }
        final boolean isWhole =
                view.open(record, knownAtNs) && (view.isForgotten() || windowRead.read(record, window, atNs, answer));
        if (!record.isUnchangedSince(version)) {
            return false;
        }
        requireWhole(record, isWhole);
        if (view.isForgotten()) {
            answer.none(Status.FORGOTTEN, atNs);
        }
        return true;
    }

    @Override
    public void readLevel(final StepSeries series, final long atNs, final long knownAtNs, final LevelReading reading) {
        requireInRange(atNs, knownAtNs);
        final LevelAnswer answer = (LevelAnswer) reading;
        requireOwn(answer.isMadeWith(quotients));
        entrance.enter();
        try {
            wrap(record, store, series);
            for (int attempt = 0; attempt < maxAttempts; attempt++) {
                if (tryReadLevel(atNs, knownAtNs, answer)) {
                    return;
                }
                Attempts.pause(attempt);
            }
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
        contendedCount.increment();
        answer.none(Status.CONTENDED, atNs);
    }

    private boolean tryReadLevel(final long atNs, final long knownAtNs, final LevelAnswer answer) {
        final long version = record.version();
        if (Attempts.isBeingChanged(version)) {
            return false;
        }
        boolean isWhole = view.open(record, knownAtNs);
        if (view.isForgotten()) {
            answer.none(Status.FORGOTTEN, atNs);
            return record.isUnchangedSince(version);
        }
        final boolean isEmpty = record.maxPointCount() == 0;
        isWhole = isWhole && (isEmpty || path.floor(record, atNs));
        final boolean isInForce = !isEmpty && isWhole && path.isFound();
        long value = Publisher.UNKNOWN;
        long since = Publisher.NONE;
        long knowledgeTime = Publisher.NONE;
        long reference = Publisher.NONE;
        if (isInForce) {
            since = path.time();
            value = atNs < OpenEnd.expiresAtNs(record, since) ? path.value() : Publisher.UNKNOWN;
            knowledgeTime = path.knowledgeTime();
            reference = path.reference();
        }
        if (!isEmpty && isWhole && path.advance()) {
            answer.next(record.scale(), atNs, path.time(), path.value(), path.knowledgeTime());
        } else {
            answer.next(record.scale(), atNs, Publisher.NONE, Publisher.UNKNOWN, Publisher.NONE);
        }
        if (!record.isUnchangedSince(version)) {
            return false;
        }
        requireWhole(record, isWhole);
        if (isInForce) {
            answer.level(value, since, knowledgeTime, reference);
        } else {
            answer.none(Status.EMPTY);
        }
        return true;
    }

    @Override
    public void readPending(final Series series, final long atNs, final long knownAtNs, final PendingReading reading) {
        pointReader.readPending(series, atNs, knownAtNs, reading);
    }

    @Override
    public void readPoints(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        pointReader.readPoints(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readVersions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        pointReader.readVersions(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readRevisions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionReading reading) {
        pointReader.readRevisions(series, window, atNs, knownAtNs, reading);
    }

    @Override
    public void readPair(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final PairReading reading) {
        readPair(pairReader, store, pair, window, atNs, knownAtNs, reading);
    }

    void readPair(
            final PairReader reader,
            final ReadableStore storeX,
            final Pair pair,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final PairReading reading) {
        requireInRange(atNs, knownAtNs);
        PairReader.requireSuits(pair, window);
        final PairAnswer answer = (PairAnswer) reading;
        requireOwn(answer.isMadeWith(cross));
        entrance.enter();
        try {
            wrap(reader.x(), storeX, pair.x());
            wrap(reader.y(), store, pair.y());
            for (int attempt = 0; attempt < maxAttempts; attempt++) {
                if (reader.tryRead(pair, window, atNs, knownAtNs, answer)) {
                    return;
                }
                Attempts.pause(attempt);
            }
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
        contendedCount.increment();
        answer.none(Status.CONTENDED, atNs);
    }

    @Override
    public void readLags(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final LagReading reading) {
        readLags(pairReader, store, pair, window, atNs, knownAtNs, reading);
    }

    void readLags(
            final PairReader reader,
            final ReadableStore storeX,
            final Pair pair,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final LagReading reading) {
        requireInRange(atNs, knownAtNs);
        PairReader.requireSuits(pair, window);
        PairReader.requireSuits(pair, reading.lags());
        final LagAnswer answer = (LagAnswer) reading;
        requireOwn(answer.pair().isMadeWith(cross));
        entrance.enter();
        try {
            wrap(reader.x(), storeX, pair.x());
            wrap(reader.y(), store, pair.y());
            for (int attempt = 0; attempt < maxAttempts; attempt++) {
                if (reader.tryRead(pair, window, atNs, knownAtNs, answer)) {
                    return;
                }
                Attempts.pause(attempt);
            }
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
        contendedCount.increment();
        answer.none(Status.CONTENDED, atNs);
    }

    @Override
    public void readLife(final Series series, final long knownAtNs, final LifeReading reading) {
        lifeReader.read(series, knownAtNs, (LifeAnswer) reading);
    }

    /** Refuses instants out of range. */
    static void requireInRange(final long atNs, final long knownAtNs) {
        Instants.requireInRange(atNs);
        if (knownAtNs != ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
    }

    /** A reading has the scratch memory of the reader that made it, which another thread may be using. */
    static void requireOwn(final boolean isOwn) {
        if (!isOwn) {
            throw new IllegalArgumentException("reading=that of another reader, expected one that this reader made");
        }
    }

    /** Goes over to a series; one of another engine is refused. */
    static void wrap(final SeriesRecord record, final ReadableStore store, final Series series) {
        if (!store.has(series)) {
            throw new IllegalArgumentException("series=" + series.key() + " number=" + series.number()
                    + ", expected a series of this engine; define it here or find it by its key");
        }
        record.wrap(store.recordAddress(series.number()));
    }

    /** A series that has not changed while it was read, and is not whole, is damaged. */
    static void requireWhole(final SeriesRecord record, final boolean isWhole) {
        if (!isWhole) {
            throw new IllegalStateException("seriesNumber=" + record.seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
    }
}
