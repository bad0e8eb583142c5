package io.tollgate.examples.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.DataFormat;
import io.tollgate.data.DumpOptions;
import io.tollgate.data.DumpReport;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.SeriesTable;
import io.tollgate.data.VersionDump;
import io.tollgate.data.VersionTable;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.points.PointTimes;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code dump}. */
@Command(
        name = "dump",
        sortOptions = false,
        customSynopsis = {
            "tollgate dump DIR --out FILE [--format FORMAT]",
            "       [--series PATTERN] [--versions counting|all] [--as-known-at TIME]"
        },
        description = "Writes all points of a data directory to a file, with their history if wanted, and the"
                + " definitions of the series to NAME.series.csv. Works also while an engine of another process has"
                + " it open, and after that process was killed. Neither locks nor changes the directory.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:the directory cannot be read, or the files cannot be written",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "One row for each version of a point: series, kind, unit, scale, valid_time, value, known_at, known_until,"
                    + " ref. Series are in order of their keys, then rows in order of valid_time, then of known_at."
                    + " value is empty for an unknown level, known_until while the version counts, ref if none was"
                    + " given. Times are in UTC.",
            "Each series is consistent in itself. To dump all series of a running engine as of one time, give"
                    + " --as-known-at.",
            "The files get their names when they are complete."
        })
public final class DumpCommand implements Runnable {
    private static final String PART = ".part";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Format of the file: csv, jsonl, arrow, arrows (a stream) or parquet. Default: by its ending.")
    private Optional<String> format;

    @Option(
            names = "--series",
            defaultValue = SeriesPattern.ANY,
            paramLabel = "PATTERN",
            description = "Series to write, by their keys: * is any segment, and at the end any number of them."
                    + " Default: all.")
    private String pattern;

    @Option(
            names = "--versions",
            defaultValue = "counting",
            paramLabel = "WHICH",
            description = "counting: the points that count. all: also those that were revised or withdrawn. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String versions;

    @Option(
            names = "--as-known-at",
            paramLabel = "TIME",
            description = "Writes the versions as known at this instant. Default: as known now.")
    private Optional<String> knownAt;

    /** Called by picocli. */
    public DumpCommand() {}

    /**
     * Runs the command.
     *
     * @throws IllegalStateException if the directory cannot be read.
     */
    @Override
    public void run() {
        final TableFile file = file();
        final DumpOptions options = options();
        final Path seriesFile = file.seriesFile().path();
        requireOutside(out);
        requireOutside(seriesFile);
        final TableFile part = new TableFile(Path.of(out + PART), file.format());
        final TableFile seriesPart = new TableFile(Path.of(seriesFile + PART), Optional.of(DataFormat.CSV));
        try {
            final DumpReport report = write(part, seriesPart, options);
            Files.move(seriesPart.path(), seriesFile, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part.path(), out, StandardCopyOption.REPLACE_EXISTING);
            print(report, seriesFile);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DumpReport write(final TableFile part, final TableFile seriesPart, final DumpOptions options)
            throws IOException {
        final PrintWriter err = spec.commandLine().getErr();
        final Progress progress = new Progress(err, StatusLine.isTerminal(), 0, System::nanoTime);
        try (DirectoryView view = DirectoryView.open(directory);
                RowWriter versionWriter = part.create(VersionTable.COLUMNS);
                RowWriter seriesWriter = seriesPart.create(SeriesTable.COLUMNS)) {
            return new VersionDump(SeriesSource.of(view), options)
                    .write(versionWriter, seriesWriter, rows -> progress.reach(rows, 0));
        } catch (final IllegalStateException e) {
            Files.deleteIfExists(part.path());
            Files.deleteIfExists(seriesPart.path());
            throw e;
        } finally {
            progress.end();
        }
    }

    private void print(final DumpReport report, final Path seriesFile) {
        final PrintWriter printed = spec.commandLine().getOut();
        printed.println("wrote " + report.versionCount() + " rows to " + out + ", " + report.seriesCount()
                + " series to " + seriesFile);
        if (report.incompleteCount() > 0) {
            printed.println("  the history of " + report.incompleteCount()
                    + " series was deleted before: versions that ended up to " + Instants.format(report.horizonNs())
                    + " are missing");
        }
        printed.flush();
    }

    private TableFile file() {
        if (format.isPresent()) {
            return TableFile.of(Path.of("." + format.get()))
                    .map(named -> new TableFile(out, named.format()))
                    .orElseThrow(() ->
                            wrong("--format=" + format.get() + ", expected csv, jsonl, arrow, arrows or parquet"));
        }
        return TableFile.of(out)
                .orElseThrow(() -> wrong(
                        "--out=" + out + ", expected a name that ends in " + TableFile.EXPECTED + ", or --format"));
    }

    private DumpOptions options() {
        final boolean allVersions = switch (versions.toLowerCase(Locale.ROOT)) {
            case "counting" -> false;
            case "all" -> true;
            default -> throw wrong("--versions=" + versions + ", expected counting or all");
        };
        final PointTimes times = new PointTimes(Optional.empty(), LocalTime.MIDNIGHT, Optional.empty());
        try {
            return new DumpOptions(
                    pattern, allVersions, knownAt.map(times::parse).orElse(Instants.ALL_KNOWN));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void requireOutside(final Path file) {
        if (new OutputFile(Optional.of(file)).isOfEngine(directory)) {
            throw wrong("--out=" + out + " belongs to the data directory " + directory + ", expected a place outside");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
