package io.tollgate.data;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes the versions of series to a file: one row for each version, series in order of their keys, then in order of
 * valid time, then of knowledge time. Memory is bounded, whatever the number of versions, except for those that share
 * an instant.
 *
 * <pre>{@code
 * try (DirectoryView view = DirectoryView.open(directory);
 *         RowWriter versions = DataFormat.CSV.create(file, VersionTable.COLUMNS);
 *         RowWriter series = DataFormat.CSV.create(DataFormat.seriesFile(file), SeriesTable.COLUMNS)) {
 *     DumpReport report = new VersionDump(SeriesSource.of(view), DumpOptions.ALL).write(versions, series, rows -> {});
 * }
 * }</pre>
 *
 * <p>Each series is consistent: it is written as of the knowledge time of the options or, without one, as of its last
 * knowledge time when its turn comes. To dump all series of a running engine as of the same time, give a knowledge
 * time. One thread at a time.
 */
public final class VersionDump {
    private static final int MAX_ATTEMPTS = 1_000;
    private static final int ROWS_BETWEEN_CALLS = 4_096;

    private final SeriesSource source;
    private final DumpOptions options;
    private final LifeReading life;
    private final VersionCursor cursor;
    private final List<Version> sameInstant = new ArrayList<>();
    private long versionCount;
    private long incompleteCount;
    private long horizonNs = Instants.NONE;

    /** A version that shares its instant with others. */
    private record Version(long value, long knownAtNs, long knownUntilNs, long reference) {}

    /**
     * Creates a dump.
     *
     * @param source  the series to read.
     * @param options the extent.
     */
    public VersionDump(final SeriesSource source, final DumpOptions options) {
        this.source = source;
        this.options = options;
        final MetricReader reader = source.newReader().asOf(options.knownAtNs());
        life = reader.life();
        cursor = reader.versionCursor();
    }

    /**
     * Writes all rows.
     *
     * @param versions the file of versions, with {@link VersionTable#COLUMNS}; it stays open.
     * @param series   the file of series, with {@link SeriesTable#COLUMNS}; it stays open.
     * @param progress called from time to time with the number of versions written.
     * @return the number of rows.
     * @throws IOException           if a file cannot be written.
     * @throws IllegalStateException if the versions of a series known then were deleted, if a killed process left a
     *                               series half changed, or if the engine or the view is closed.
     */
    public DumpReport write(final RowWriter versions, final RowWriter series, final LongConsumer progress)
            throws IOException {
        final List<Series> chosen = source.series(options.pattern());
        for (final Series next : chosen) {
            writeSeries(series, next);
            writeVersions(versions, next, progress);
        }
        return new DumpReport(chosen.size(), versionCount, incompleteCount, horizonNs);
    }

    private void writeSeries(final RowWriter writer, final Series series) throws IOException {
        int attempts = 0;
        while (life.read(series).status() == Status.CONTENDED && ++attempts < MAX_ATTEMPTS) {
            Thread.yield();
        }
        requireRead(life.status(), life.status() == Status.FORGOTTEN, series);
        final Optional<Series> successor = source.find(life.successor());
        SeriesTable.write(writer, series, life, successor);
    }

    private void writeVersions(final RowWriter writer, final Series series, final LongConsumer progress)
            throws IOException {
        final SeriesDefinition definition = series.definition();
        final boolean allVersions = options.allVersions();
        cursor.open(series);
        long instantNs = Instants.NONE;
        while (advance(series)) {
            final long untilNs = cursor.endKnowledgeTimeNs();
            if (!allVersions && untilNs != Instants.NONE) {
                continue;
            }
            if (cursor.validTimeNs() != instantNs) {
                flush(writer, definition, instantNs);
                instantNs = cursor.validTimeNs();
            }
            sameInstant.add(new Version(cursor.scaledValue(), cursor.knowledgeTimeNs(), untilNs, cursor.reference()));
            if (++versionCount % ROWS_BETWEEN_CALLS == 0) {
                progress.accept(versionCount);
            }
        }
        flush(writer, definition, instantNs);
        if (allVersions && cursor.horizonNs() != Instants.NONE) {
            incompleteCount++;
            horizonNs = Math.max(horizonNs, cursor.horizonNs());
        }
    }

    /** The sort is stable: versions of one point that became known at the same time stay in the order of arrival. */
    private void flush(final RowWriter writer, final SeriesDefinition series, final long instantNs) throws IOException {
        if (sameInstant.size() > 1) {
            sameInstant.sort(Comparator.comparingLong(Version::knownAtNs));
        }
        for (final Version version : sameInstant) {
            VersionTable.write(
                    writer,
                    series,
                    instantNs,
                    version.value(),
                    version.knownAtNs(),
                    version.knownUntilNs(),
                    version.reference());
        }
        sameInstant.clear();
    }

    private boolean advance(final Series series) {
        int attempts = 0;
        while (!cursor.next()) {
            if (cursor.status() != Status.CONTENDED || ++attempts == MAX_ATTEMPTS) {
                // After a deletion without any version left a walk is empty but shows the horizon.
                requireRead(cursor.status(), isForgotten(), series);
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    private boolean isForgotten() {
        return cursor.status() == Status.FORGOTTEN && cursor.horizonNs() == Instants.NONE;
    }

    private void requireRead(final Status status, final boolean isForgotten, final Series series) {
        if (status == Status.CONTENDED) {
            throw new IllegalStateException("series=" + series.key() + ": changes all the time, or was left half"
                    + " changed by a killed process; try again, or open the directory with an engine first");
        }
        if (isForgotten) {
            throw new IllegalStateException("series=" + series.key() + " knownAt="
                    + Instants.format(options.knownAtNs()) + ": its versions of then were deleted; choose a later"
                    + " knowledge time, or other series");
        }
    }
}
