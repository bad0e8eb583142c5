package io.tollgate.data;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.data.table.RowProducer;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a file of versions: series in order of their keys, then in order of valid time, then of knowledge time.
 * Memory is bounded, whatever the number of versions, except for those that share an instant. One thread at a time.
 */
public final class VersionRows implements RowProducer {
    private static final int MAX_ATTEMPTS = 1_000;
    private static final Comparator<Version> BY_KNOWLEDGE = Comparator.comparingLong(Version::knownAtNs);

    private final DumpOptions options;
    private final MetricReader reader;
    private final VersionCursor cursor;
    private final Iterator<Series> series;
    private final List<Version> sameInstant = new ArrayList<>();
    private Series current;
    private long instantNs;
    private long versionCount;
    private long incompleteCount;
    private long horizonNs = Instants.NONE;

    /** A version that may share its instant with others. */
    private record Version(long value, long knownAtNs, long knownUntilNs, long reference) {}

    /**
     * Creates the rows.
     *
     * @param source  the series to read.
     * @param options the extent.
     */
    public VersionRows(final SeriesSource source, final DumpOptions options) {
        this.options = options;
        reader = source.newReader().asOf(options.knownAtNs());
        cursor = reader.versionCursor();
        series = source.series(options.pattern()).iterator();
    }

    /**
     * Writes the versions of the next instant.
     *
     * @throws IllegalStateException if the versions of a series known then were deleted, if a killed process left a
     *                               series half changed, or if the engine or the view is closed.
     */
    @Override
    public boolean produce(final RowWriter writer) throws IOException {
        while (current != null || series.hasNext()) {
            if (current == null) {
                current = series.next();
                cursor.open(current);
            }
            final SeriesDefinition definition = current.definition();
            final boolean isProduced = collect(writer, definition);
            if (isProduced) {
                return true;
            }
        }
        return false;
    }

    /** Collects the versions of an instant, and writes them when the next instant or the end of the series is seen. */
    private boolean collect(final RowWriter writer, final SeriesDefinition definition) throws IOException {
        while (advance()) {
            final long untilNs = cursor.endKnowledgeTimeNs();
            if (!options.allVersions() && untilNs != Instants.NONE) {
                continue;
            }
            final boolean isNext = cursor.validTimeNs() != instantNs && !sameInstant.isEmpty();
            if (isNext) {
                flush(writer, definition);
            }
            instantNs = cursor.validTimeNs();
            sameInstant.add(new Version(cursor.scaledValue(), cursor.knowledgeTimeNs(), untilNs, cursor.reference()));
            if (isNext) {
                return true;
            }
        }
        current = null;
        if (options.allVersions() && cursor.horizonNs() != Instants.NONE) {
            incompleteCount++;
            horizonNs = Math.max(horizonNs, cursor.horizonNs());
        }
        return flush(writer, definition);
    }

    /** The sort is stable: versions of one point that became known at the same time stay in the order of arrival. */
    private boolean flush(final RowWriter writer, final SeriesDefinition definition) throws IOException {
        if (sameInstant.isEmpty()) {
            return false;
        }
        if (sameInstant.size() > 1) {
            sameInstant.sort(BY_KNOWLEDGE);
        }
        for (final Version version : sameInstant) {
            VersionTable.write(
                    writer,
                    definition,
                    instantNs,
                    version.value(),
                    version.knownAtNs(),
                    version.knownUntilNs(),
                    version.reference());
        }
        versionCount += sameInstant.size();
        sameInstant.clear();
        return true;
    }

    private boolean advance() {
        int attempts = 0;
        while (!cursor.next()) {
            if (cursor.status() != Status.CONTENDED || ++attempts == MAX_ATTEMPTS) {
                // After a deletion without any version left a walk is empty but shows the horizon.
                final boolean isForgotten = cursor.status() == Status.FORGOTTEN && cursor.horizonNs() == Instants.NONE;
                requireRead(cursor.status() == Status.CONTENDED, isForgotten, current, options.knownAtNs());
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /** Refuses a series that cannot be read. */
    static void requireRead(
            final boolean isContended, final boolean isForgotten, final Series series, final long knownAtNs) {
        if (isContended) {
            throw new IllegalStateException("series=" + series.key() + ": changes all the time, or was left half"
                    + " changed by a killed process; try again, or open the directory with an engine first");
        }
        if (isForgotten) {
            throw new IllegalStateException("series=" + series.key() + " knownAt=" + Instants.format(knownAtNs)
                    + ": its versions of then were deleted; choose a later knowledge time, or other series");
        }
    }

    @Override
    public void handOver() {
        reader.handOver();
    }

    /** {@return the number of versions written so far} */
    public long versionCount() {
        return versionCount;
    }

    /** {@return the number of series of which all versions were requested, and some had been deleted before} */
    public long incompleteCount() {
        return incompleteCount;
    }

    /** {@return the latest retention horizon of these series in ns, {@link Instants#NONE} if there is none} */
    public long horizonNs() {
        return horizonNs;
    }
}
