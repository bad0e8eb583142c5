package io.tollgate.core.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.Window;
import io.tollgate.core.metric.RevisionAnswer;
import io.tollgate.core.metric.VersionAnswer;
import io.tollgate.core.store.HistoryHorizon;
import io.tollgate.core.store.PointPath;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.VersionPath;
import io.tollgate.core.window.RunTrace;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;

/**
 * Reads what stands behind an answer: the points of a window, all that was ever said of them, and how often and how
 * much that was restated. One thread; what it reads must be validated afterwards.
 */
final class ProvenanceReader {
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final RunTrace trace;
    private final VersionPath versions;
    private final HistoryHorizon horizon;

    ProvenanceReader(final ReadableBlocks blocks) {
        resolver = new WindowResolver(blocks);
        trace = new RunTrace(blocks);
        versions = new VersionPath(blocks);
        horizon = new HistoryHorizon(blocks);
    }

    /** Reads the points of a window as the series is looked at; false if it is torn. */
    boolean readPoints(final SeriesRecord series, final Window window, final long atNs, final VersionAnswer answer) {
        answer.begin(series.scale());
        if (!resolver.resolve(series, window, atNs, bounds)) {
            return false;
        }
        trace.open(series, bounds);
        while (trace.next()) {
            final PointPath path = trace.path();
            answer.add(path.time(), path.value(), path.knowledgeTime(), path.reference());
        }
        return trace.isWhole();
    }

    /** Reads all versions, known by an instant, of the points of a window; false if the series is torn. */
    boolean readVersions(
            final SeriesRecord series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionAnswer answer) {
        answer.begin(series.scale());
        answer.horizon(horizon.of(series));
        if (!open(series, window, atNs)) {
            return false;
        }
        while (versions.next()) {
            if (versions.knowledgeTime() <= knownAtNs) {
                answer.add(versions.time(), versions.value(), versions.knowledgeTime(), versions.reference());
                if (isEndedBy(knownAtNs)) {
                    answer.end(versions.endKnowledgeTime(), versions.isWithdrawn());
                }
            }
        }
        return versions.isWhole();
    }

    /** Reads how the points of a window were restated by an instant; false if the series is torn. */
    boolean readRevisions(
            final SeriesRecord series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionAnswer answer) {
        answer.begin(series.scale());
        answer.horizon(horizon.of(series));
        if (!open(series, window, atNs)) {
            return false;
        }
        final boolean isByInstant = series.isIdentifiedByInstant();
        long time = 0;
        long reference = 0;
        long versionCount = 0;
        long revisions = 0;
        long withdrawals = 0;
        long first = Publisher.UNKNOWN;
        long latest = Publisher.UNKNOWN;
        while (versions.next()) {
            if (versions.knowledgeTime() > knownAtNs) {
                continue;
            }
            if (versionCount > 0
                    && (versions.time() != time
                            || !series.isNamedBy(reference)
                            || !isByInstant && versions.reference() != reference)) {
                answer.add(revisions, withdrawals, first, latest);
                versionCount = 0;
            }
            if (versionCount++ == 0) {
                time = versions.time();
                reference = versions.reference();
                revisions = 0;
                withdrawals = 0;
                first = versions.value();
            }
            latest = versions.value();
            if (isEndedBy(knownAtNs)) {
                latest = Publisher.UNKNOWN;
                revisions += versions.isWithdrawn() ? 0 : 1;
                withdrawals += versions.isWithdrawn() ? 1 : 0;
            }
        }
        if (versionCount > 0) {
            answer.add(revisions, withdrawals, first, latest);
        }
        return versions.isWhole();
    }

    private boolean open(final SeriesRecord series, final Window window, final long atNs) {
        return resolver.resolve(series, window, atNs, bounds)
                && versions.open(series, bounds.lowestNs(), bounds.highestNs());
    }

    private boolean isEndedBy(final long knownAtNs) {
        return versions.isEnded() && versions.endKnowledgeTime() <= knownAtNs;
    }
}
