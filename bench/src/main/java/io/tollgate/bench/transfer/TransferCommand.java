package io.tollgate.bench.transfer;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.DataFormat;
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
                    + " the engine applies the same points from memory into a directory. The first round warms up;"
                    + " of the others the fastest counts."
        })
public final class TransferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", defaultValue = "1000000", description = "Rows. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--series", defaultValue = "100", description = "Series. Default: ${DEFAULT-VALUE}.")
    private int series;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--formats",
            split = ",",
            defaultValue = "csv,jsonl,arrow,parquet,image",
            description = "Formats. Default: ${DEFAULT-VALUE}.")
    private List<String> formats;

    /** The fastest time of each piece of work in ns. */
    private final Map<String, Long> fastestNs = new LinkedHashMap<>();

    private boolean isWarm;

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
            isWarm = round > 0 || rounds == 1;
            try (TemporaryDirectory directory = new TemporaryDirectory()) {
                run(points, directory.path());
            }
        }
        print(points.rows());
        return 0;
    }

    private void run(final TransferPoints points, final Path directory) throws IOException {
        final Path source = directory.resolve("source");
        try (TollgateEngine engine = launch(source)) {
            measure("apply", points.rows(), () -> {
                points.feed(engine);
                return points.rows();
            });
        }
        for (final String format : formats) {
            final Path file = directory.resolve("points." + format);
            measure("dump " + format, points.rows(), () -> dump(source, file));
            try (TemporaryDirectory loaded = new TemporaryDirectory();
                    TollgateEngine engine = launch(loaded.path().resolve("data"))) {
                measure("load " + format, points.rows(), () -> load(engine, file, points.rows()));
            }
            Files.delete(file);
        }
    }

    private static TollgateEngine launch(final Path directory) {
        return TollgateEngine.launch(new EngineContext().directory(directory).clockMode(ClockMode.KNOWLEDGE));
    }

    private void measure(final String name, final long expected, final Work work) throws IOException {
        final long startNs = System.nanoTime();
        final long done = work.run();
        final long takenNs = System.nanoTime() - startNs;
        if (done != expected) {
            throw new IllegalStateException(name + ": rows=" + done + ", expected " + expected);
        }
        if (isWarm) {
            fastestNs.merge(name, takenNs, Math::min);
        }
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
                    RowWriter definitions =
                            DataFormat.CSV.writer(OutputStream.nullOutputStream(), SeriesTable.COLUMNS)) {
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
        try (RowReader reader = table.get().open()) {
            final LoadReport report = new VersionLoad(
                            engine, Optional.empty(), (isOfSeries, row, reason, message, text) -> {})
                    .load(reader, count -> {});
            return report.rowCount() - report.refusedCount();
        }
    }

    private void print(final long count) {
        final long applyNs = fastestNs.get("apply");
        final PrintWriter out = spec.commandLine().getOut();
        out.println("work            rows/s     ns/row   share of apply");
        fastestNs.forEach((name, takenNs) -> out.println(String.format(
                Locale.ROOT,
                "%-13s %,9d  %,9d   %.2f",
                name,
                count * 1_000_000_000L / takenNs,
                takenNs / count,
                (double) applyNs / takenNs)));
        out.flush();
    }
}
