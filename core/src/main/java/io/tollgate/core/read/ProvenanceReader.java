package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HistoryHorizon;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.store.tree.VersionPath;
import io.tollgate.core.window.RunTrace;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;

/**
 * Reads the points that an answer was computed from: the points of a window, all their versions, and the count and size
 * of their revisions. Used by one thread at a time.
 */
final class ProvenanceReader {
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final VersionPath path;
    private final HistoryHorizon horizon;
    private final SeriesAttempt<VersionQuery> points;
    private final SeriesAttempt<VersionQuery> versions;
    private final SeriesAttempt<VersionScan> pages;
    private final SeriesAttempt<RevisionQuery> revisions;

    ProvenanceReader(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
        final ReadableBlocks blocks = store.blocks();
        resolver = new WindowResolver(blocks);
        path = new VersionPath(blocks);
        horizon = new HistoryHorizon(blocks);
        points = new Points(store, record, view);
        versions = new Versions(store, record, view);
        pages = new Pages(store, record, view);
        revisions = new Revisions(store, record, view);
    }

    /** {@return the attempt that reads the points of a window} */
    SeriesAttempt<VersionQuery> points() {
        return points;
    }

    /** {@return the attempt that reads all known versions of the points of a window} */
    SeriesAttempt<VersionQuery> versions() {
        return versions;
    }

    /** {@return the attempt that reads the next versions of a walk} */
    SeriesAttempt<VersionScan> pages() {
        return pages;
    }

    /** {@return the attempt that reads the revisions of the points of a window} */
    SeriesAttempt<RevisionQuery> revisions() {
        return revisions;
    }

    private final class Points extends SeriesAttempt<VersionQuery> {
        private final RunTrace trace;

        Points(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
            trace = new RunTrace(store.blocks());
        }

        @Override
        boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final VersionQuery answer) {
            answer.begin(series.scale());
            if (!resolver.resolve(series, answer.window(), atNs, bounds)) {
                return false;
            }
            trace.open(series, bounds);
            while (trace.next()) {
                final PointPath point = trace.path();
                answer.add(point.time(), point.value(), point.knowledgeTime(), point.reference());
            }
            return trace.isIntact();
        }
    }

    private final class Versions extends SeriesAttempt<VersionQuery> {
        Versions(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
        }

        @Override
        boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final VersionQuery answer) {
            answer.begin(series.scale());
            answer.horizon(horizon.of(series));
            if (!open(series, answer.window(), atNs)) {
                return false;
            }
            while (path.next()) {
                if (path.knowledgeTime() <= knownAtNs) {
                    answer.add(path.time(), path.value(), path.knowledgeTime(), path.reference());
                    if (isEndedBy(knownAtNs)) {
                        answer.end(path.endKnowledgeTime(), path.isWithdrawn());
                    }
                }
            }
            return path.isIntact();
        }
    }

    private final class Pages extends SeriesAttempt<VersionScan> {
        Pages(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
        }

        @Override
        boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final VersionScan answer) {
            final long limitNs = answer.beginPage(Math.min(knownAtNs, series.lastKnowledgeTime()));
            answer.horizon(horizon.of(series));
            if (!path.open(series, answer.fromNs(), atNs)) {
                return false;
            }
            while (!answer.isFull() && path.next()) {
                if (path.knowledgeTime() <= limitNs) {
                    final boolean isEnded = isEndedBy(limitNs);
                    answer.add(
                            path.time(),
                            path.value(),
                            path.knowledgeTime(),
                            path.reference(),
                            isEnded ? path.endKnowledgeTime() : Instants.NONE,
                            isEnded && path.isWithdrawn());
                }
            }
            return path.isIntact();
        }
    }

    private final class Revisions extends SeriesAttempt<RevisionQuery> {
        Revisions(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
        }

        @Override
        boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final RevisionQuery answer) {
            answer.begin(series.scale());
            answer.horizon(horizon.of(series));
            if (!open(series, answer.window(), atNs)) {
                return false;
            }
            final boolean isByInstant = series.isIdentifiedByInstant();
            long time = 0;
            long reference = 0;
            long versionCount = 0;
            long revisionCount = 0;
            long withdrawalCount = 0;
            long first = Decimals.UNKNOWN;
            long latest = Decimals.UNKNOWN;
            while (path.next()) {
                if (path.knowledgeTime() > knownAtNs) {
                    continue;
                }
                if (versionCount > 0
                        && (path.time() != time
                                || !series.isNamedBy(reference)
                                || !isByInstant && path.reference() != reference)) {
                    answer.add(revisionCount, withdrawalCount, first, latest);
                    versionCount = 0;
                }
                if (versionCount++ == 0) {
                    time = path.time();
                    reference = path.reference();
                    revisionCount = 0;
                    withdrawalCount = 0;
                    first = path.value();
                }
                latest = path.value();
                if (isEndedBy(knownAtNs)) {
                    latest = Decimals.UNKNOWN;
                    revisionCount += path.isWithdrawn() ? 0 : 1;
                    withdrawalCount += path.isWithdrawn() ? 1 : 0;
                }
            }
            if (versionCount > 0) {
                answer.add(revisionCount, withdrawalCount, first, latest);
            }
            return path.isIntact();
        }
    }

    private boolean open(final SeriesRecord series, final Window window, final long atNs) {
        return resolver.resolve(series, window, atNs, bounds)
                && path.open(series, bounds.lowestNs(), bounds.highestNs());
    }

    private boolean isEndedBy(final long knownAtNs) {
        return path.isEnded() && path.endKnowledgeTime() <= knownAtNs;
    }
}
