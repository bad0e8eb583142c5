package io.tollgate.data;

import io.tollgate.data.table.RowWriter;
import java.io.IOException;
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
    private static final int INSTANTS_BETWEEN_CALLS = 4_096;

    private final SeriesRows seriesRows;
    private final VersionRows versionRows;

    /**
     * Creates a dump.
     *
     * @param source  the series to read.
     * @param options the extent.
     */
    public VersionDump(final SeriesSource source, final DumpOptions options) {
        seriesRows = new SeriesRows(source, options);
        versionRows = new VersionRows(source, options);
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
        while (seriesRows.produce(series)) {
            // Each call writes one series.
        }
        for (long instants = 1; versionRows.produce(versions); instants++) {
            if (instants % INSTANTS_BETWEEN_CALLS == 0) {
                progress.accept(versionRows.versionCount());
            }
        }
        return new DumpReport(
                seriesRows.count(), versionRows.versionCount(), versionRows.incompleteCount(), versionRows.horizonNs());
    }
}
