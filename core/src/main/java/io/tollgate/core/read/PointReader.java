package io.tollgate.core.read;

import io.tollgate.api.PendingReading;
import io.tollgate.api.RevisionReading;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Window;
import io.tollgate.core.metric.PendingAnswer;
import io.tollgate.core.metric.RevisionAnswer;
import io.tollgate.core.metric.VersionAnswer;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.SeriesRecord;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads points and versions of series one by one while they are being written: what is pending, and what stands behind
 * an answer. Part of a {@link SeriesReader}, and used by its thread.
 */
final class PointReader {
    private final ReadableStore store;
    private final ReadGate.Entrance entrance;
    private final int maxAttempts;
    private final LongAdder contendedCount;
    private final Quotients quotients;
    private final SeriesRecord record = new SeriesRecord();
    private final KnowledgeView view;
    private final Attempt<PendingAnswer> pendingAttempt;
    private final Attempt<VersionAnswer> pointsAttempt;
    private final Attempt<VersionAnswer> versionsAttempt;
    private final Attempt<RevisionAnswer> revisionsAttempt;

    /** What is read of a series while it may change. */
    @FunctionalInterface
    private interface Attempt<A> {
        /** Fills an answer, which may still be torn; false if it was found to be. */
        boolean read(Window window, long atNs, long knownAtNs, A answer);
    }

    PointReader(
            final ReadableStore store,
            final ReadGate.Entrance entrance,
            final int maxAttempts,
            final LongAdder contendedCount,
            final Quotients quotients) {
        this.store = store;
        this.entrance = entrance;
        this.maxAttempts = maxAttempts;
        this.contendedCount = contendedCount;
        this.quotients = quotients;
        final ReadableBlocks blocks = store.blocks();
        view = new KnowledgeView(blocks);
        final PendingScan pending = new PendingScan(blocks);
        pendingAttempt = (window, at, known, answer) -> pending.fill(record, at, answer);
        final ProvenanceReader provenance = new ProvenanceReader(blocks);
        pointsAttempt = (window, at, known, answer) -> provenance.readPoints(record, window, at, answer);
        versionsAttempt = (window, at, known, answer) -> provenance.readVersions(record, window, at, known, answer);
        revisionsAttempt = (window, at, known, answer) -> provenance.readRevisions(record, window, at, known, answer);
    }

    void readPending(final Series series, final long atNs, final long knownAtNs, final PendingReading reading) {
        final PendingAnswer answer = (PendingAnswer) reading;
        SeriesReader.requireOwn(answer.isMadeWith(quotients));
        final Status status = read(pendingAttempt, series, null, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status, atNs);
        }
    }

    void readPoints(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readVersions(pointsAttempt, series, window, atNs, knownAtNs, reading);
    }

    void readVersions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        readVersions(versionsAttempt, series, window, atNs, knownAtNs, reading);
    }

    private void readVersions(
            final Attempt<VersionAnswer> attempt,
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        final VersionAnswer answer = (VersionAnswer) reading;
        SeriesReader.requireOwn(answer.isMadeWith(quotients));
        final Status status = read(attempt, series, window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status);
        }
    }

    void readRevisions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionReading reading) {
        final RevisionAnswer answer = (RevisionAnswer) reading;
        SeriesReader.requireOwn(answer.isMadeWith(quotients));
        final Status status = read(revisionsAttempt, series, window, atNs, knownAtNs, answer);
        if (status != Status.OK) {
            answer.none(status);
        }
    }

    /** Reads until the series has not changed meanwhile; OK, or why nothing was read. */
    private <A> Status read(
            final Attempt<A> attempt,
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final A answer) {
        SeriesReader.requireInRange(atNs, knownAtNs);
        entrance.enter();
        try {
            SeriesReader.wrap(record, store, series);
            for (int i = 0; i < maxAttempts; i++) {
                final long version = record.version();
                if (!Attempts.isBeingChanged(version)) {
                    final boolean isWhole = view.open(record, knownAtNs)
                            && (view.isForgotten() || attempt.read(window, atNs, knownAtNs, answer));
                    if (record.isUnchangedSince(version)) {
                        SeriesReader.requireWhole(record, isWhole);
                        return view.isForgotten() ? Status.FORGOTTEN : Status.OK;
                    }
                }
                Attempts.pause(i);
            }
        } finally {
            try {
                entrance.leave();
            } finally {
                entrance.isInside = false;
            }
        }
        contendedCount.increment();
        return Status.CONTENDED;
    }
}
