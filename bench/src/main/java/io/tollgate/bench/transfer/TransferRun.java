package io.tollgate.bench.transfer;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.bench.machine.ForkedRun;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.DumpOptions;
import io.tollgate.data.LoadReport;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.SeriesTable;
import io.tollgate.data.VersionDump;
import io.tollgate.data.VersionLoad;
import io.tollgate.data.VersionTable;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.workload.TemporaryDirectory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Dumps and loads points in one format in this JVM, beside an engine that applies them from memory. Prints {@code
 * applyNs dumpNs loadNs share} after {@value ForkedRun#RESULT}: the fastest times a row, and the median share.
 */
final class TransferRun {
    private final TransferPoints points;
    private final String format;

    private TransferRun(final TransferPoints points, final String format) {
        this.points = points;
        this.format = format;
    }

    /** The times of a round in ns. */
    private record Times(long applyNs, long dumpNs, long loadNs) {}

    /** A piece of work, which returns the number of rows. */
    private interface Work {
        long run() throws IOException;
    }

    /**
     * Measures one format. The first round warms up, and checks that the same points come back.
     *
     * @param arguments the format, and the numbers of series, rows and rounds.
     * @throws IOException if a file cannot be written or read.
     */
    public static void main(final String... arguments) throws IOException {
        final TransferPoints points =
                new TransferPoints(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        final TransferRun run = new TransferRun(points, arguments[0]);
        run.round(true);
        final Times[] rounds = new Times[Integer.parseInt(arguments[3]) - 1];
        for (int i = 0; i < rounds.length; i++) {
            rounds[i] = run.round(false);
        }
        final double[] shares = Arrays.stream(rounds)
                .mapToDouble(times -> (double) times.applyNs / times.loadNs)
                .sorted()
                .toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "%s%d %d %d %.2f",
                ForkedRun.RESULT,
                Arrays.stream(rounds).mapToLong(Times::applyNs).min().orElseThrow() / points.rows(),
                Arrays.stream(rounds).mapToLong(Times::dumpNs).min().orElseThrow() / points.rows(),
                Arrays.stream(rounds).mapToLong(Times::loadNs).min().orElseThrow() / points.rows(),
                shares[shares.length / 2]));
    }

    private Times round(final boolean isFirst) throws IOException {
        final long rowCount = points.rows();
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            final Path source = directory.path().resolve("source");
            final Path loaded = directory.path().resolve("loaded");
            final Path file = directory.path().resolve("points." + format);
            final long applyNs;
            try (TollgateEngine engine = launch(source)) {
                applyNs = measured(rowCount, () -> {
                    points.feed(engine);
                    return rowCount;
                });
            }
            final long dumpNs = measured(rowCount, () -> dump(source, file));
            final long loadNs;
            try (TollgateEngine engine = launch(loaded)) {
                loadNs = measured(rowCount, () -> load(engine, file, rowCount));
            }
            if (isFirst) {
                requireSame(source, loaded);
            }
            return new Times(applyNs, dumpNs, loadNs);
        }
    }

    private void requireSame(final Path source, final Path loaded) throws IOException {
        final Path expected = source.resolveSibling("source.csv");
        final Path found = source.resolveSibling("loaded.csv");
        dump(source, expected);
        dump(loaded, found);
        final long difference = Files.mismatch(expected, found);
        if (difference >= 0) {
            throw new IllegalStateException("format=" + format + " firstDifference=" + difference
                    + ", expected the same points after the load");
        }
    }

    private static TollgateEngine launch(final Path directory) {
        return TollgateEngine.launch(new EngineContext().directory(directory).clockMode(ClockMode.KNOWLEDGE));
    }

    private static long measured(final long expected, final Work work) throws IOException {
        final long startNs = System.nanoTime();
        final long done = work.run();
        final long takenNs = System.nanoTime() - startNs;
        if (done != expected) {
            throw new IllegalStateException("rows=" + done + ", expected " + expected);
        }
        return takenNs;
    }

    private static long dump(final Path source, final Path file) throws IOException {
        try (DirectoryView view = DirectoryView.open(source)) {
            final Optional<TableFile> table = TableFile.of(file);
            if (table.isEmpty()) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    view.writeImage(SeriesPattern.ANY, out, count -> {});
                }
                final long[] versions = {0};
                view.forEachSummary(summary -> versions[0] += summary.pointCount() + summary.historyCount());
                return versions[0];
            }
            try (RowWriter writer = table.get().create(VersionTable.COLUMNS);
                    RowWriter definitions = table.get().seriesFile().create(SeriesTable.COLUMNS)) {
                return new VersionDump(SeriesSource.of(view), DumpOptions.ALL)
                        .write(writer, definitions, count -> {})
                        .versionCount();
            }
        }
    }

    private static long load(final TollgateEngine engine, final Path file, final long rows) throws IOException {
        final Optional<TableFile> table = TableFile.of(file);
        if (table.isEmpty()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                engine.images().loadAll(in);
            }
            return rows;
        }
        try (RowReader definitions = table.get().seriesFile().open();
                RowReader versions = table.get().open()) {
            final VersionLoad load =
                    new VersionLoad(engine, Optional.empty(), (isOfSeries, row, reason, message, text) -> {});
            load.define(definitions);
            final LoadReport report = load.load(versions, count -> {});
            return report.rowCount() - report.refusedCount();
        }
    }
}
