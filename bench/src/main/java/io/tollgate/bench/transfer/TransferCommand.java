package io.tollgate.bench.transfer;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesPattern;
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
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code transfer} command: rates of dump and load, and of the engine that applies the same points. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the rates at which points leave a data directory as files and come back, and the rate at which"
                    + " the engine applies the same points from memory into a directory. The first round warms up, and"
                    + " checks that the same points come back."
                    + " The rates are those of the fastest of the other rounds. The share is the median of the rounds:"
                    + " the rate beside that of an engine that applied the points just before."
        })
public final class TransferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", defaultValue = "2000000", description = "Rows. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--series", defaultValue = "100", description = "Series. Default: ${DEFAULT-VALUE}.")
    private int series;

    @Option(names = "--rounds", defaultValue = "6", description = "Rounds. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--formats",
            split = ",",
            defaultValue = "csv,jsonl,arrow,parquet,image",
            description = "Formats. Default: ${DEFAULT-VALUE}.")
    private List<String> formats;

    /** The times of each piece of work in ns, and of the engine just before it. */
    private final Map<String, List<Times>> times = new LinkedHashMap<>();

    /** The times of a round in ns. */
    private record Times(long takenNs, long applyNs) {
        private double share() {
            return (double) applyNs / takenNs;
        }
    }

    /** Called by picocli. */
    public TransferCommand() {}

    /** A piece of work, which returns the number of rows. */
    private interface Work {
        long run() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        final TransferPoints points = new TransferPoints(series, rows);
        for (int round = 0; round < rounds; round++) {
            for (final String format : formats) {
                run(points, format, round > 0);
            }
        }
        print(points.rows());
        return 0;
    }

    private void run(final TransferPoints points, final String format, final boolean counts) throws IOException {
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
            if (counts) {
                add("apply", applyNs, applyNs);
                add("dump " + format, dumpNs, applyNs);
                add("load " + format, loadNs, applyNs);
            } else {
                requireSame(source, loaded, format);
            }
        }
    }

    private static void requireSame(final Path source, final Path loaded, final String format) throws IOException {
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

    private void add(final String work, final long takenNs, final long applyNs) {
        times.computeIfAbsent(work, any -> new ArrayList<>()).add(new Times(takenNs, applyNs));
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

    private void print(final long count) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("work                rows/s     ns/row   share of apply");
        times.forEach((work, measured) -> {
            final long fastestNs =
                    measured.stream().mapToLong(Times::takenNs).min().orElseThrow();
            final double[] shares =
                    measured.stream().mapToDouble(Times::share).sorted().toArray();
            out.println(String.format(
                    Locale.ROOT,
                    "%-13s %,12d  %,9d             %.2f",
                    work,
                    count * 1_000_000_000L / fastestNs,
                    fastestNs / count,
                    shares[shares.length / 2]));
        });
        out.flush();
    }
}
