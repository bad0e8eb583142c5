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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
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
            "An image (.image) is one file with the series, their definitions and all versions, for Tollgate only: a"
                    + " directory that has loaded it gives the same answers to the bit, as known at any time. For one"
                    + " time of a running engine, make a backup, and dump that.",
            "The files get their names when they are complete."
        })
public final class DumpCommand implements Runnable {
    private static final String PART = ".part";
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the file: csv, jsonl, arrow, arrows (a stream), parquet or image."
                    + " Default: by its ending.")
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
            paramLabel = "WHICH",
            description = "counting: the points that count. all: also those that were revised or withdrawn. Default:"
                    + " counting; all in an image.")
    private Optional<String> versions;

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
        try {
            if (isImage()) {
                dumpImage();
            } else {
                dumpTable();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isImage() {
        return format.isPresent() ? format.get().equals(ImageFile.FORMAT) : ImageFile.isNamed(out);
    }

    private void dumpImage() throws IOException {
        if (knownAt.isPresent() || !versions.orElse(ALL).equals(ALL)) {
            throw wrong("--out=" + out + " with --as-known-at or --versions=counting, expected neither: an image has"
                    + " all versions");
        }
        requirePattern();
        requireOutside(out);
        final ImageFile part = new ImageFile(Path.of(out + PART));
        final long count = writing(List.of(part.path()), view -> {
            final Progress progress = progress("series", view.seriesCount());
            try {
                return part.write(view, pattern, series -> progress.reach(series, series));
            } finally {
                progress.end();
            }
        });
        Files.move(part.path(), out, StandardCopyOption.REPLACE_EXISTING);
        final PrintWriter printed = spec.commandLine().getOut();
        printed.println("wrote " + count + " series to " + out);
        printed.flush();
    }

    private Progress progress(final String items, final long total) {
        return new Progress(spec.commandLine().getErr(), StatusLine.isTerminal(), items, total, System::nanoTime);
    }

    /** Writes files from a view of the directory. */
    private interface Writing<T> {
        T write(DirectoryView view) throws IOException;
    }

    /** Writes files, and deletes them if that fails. */
    private <T> T writing(final List<Path> parts, final Writing<T> writing) throws IOException {
        try (DirectoryView view = DirectoryView.open(directory)) {
            return writing.write(view);
        } catch (final IOException | RuntimeException e) {
            for (final Path part : parts) {
                Files.deleteIfExists(part);
            }
            throw e;
        }
    }

    private void dumpTable() throws IOException {
        final TableFile file = file();
        final DumpOptions options = options();
        final Path seriesFile = file.seriesFile().path();
        requireOutside(out);
        requireOutside(seriesFile);
        final TableFile part = new TableFile(Path.of(out + PART), file.format());
        final TableFile seriesPart = new TableFile(Path.of(seriesFile + PART), Optional.of(DataFormat.CSV));
        final DumpReport report =
                writing(List.of(part.path(), seriesPart.path()), view -> write(view, part, seriesPart, options));
        Files.move(seriesPart.path(), seriesFile, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part.path(), out, StandardCopyOption.REPLACE_EXISTING);
        print(report, seriesFile);
    }

    private DumpReport write(
            final DirectoryView view, final TableFile part, final TableFile seriesPart, final DumpOptions options)
            throws IOException {
        final Progress progress = progress("points", StatusLine.isTerminal() ? versionCount(view, options) : 0);
        try (RowWriter versionWriter = part.create(VersionTable.COLUMNS);
                RowWriter seriesWriter = seriesPart.create(SeriesTable.COLUMNS)) {
            return new VersionDump(SeriesSource.of(view), options)
                    .write(versionWriter, seriesWriter, rows -> progress.reach(rows, rows));
        } finally {
            progress.end();
        }
    }

    /** Returns the number of versions to write, or more if the dump shows an earlier state. */
    private static long versionCount(final DirectoryView view, final DumpOptions options) {
        final LongAdder count = new LongAdder();
        view.forEachSummary(summary -> {
            if (SeriesPattern.fits(options.pattern(), summary.series().key())) {
                count.add(summary.pointCount() + (options.allVersions() ? summary.historyCount() : 0));
            }
        });
        return count.sum();
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
                    .orElseThrow(() -> wrong("--format=" + format.get()
                            + ", expected csv, jsonl, arrow, arrows, parquet" + " or image"));
        }
        return TableFile.of(out)
                .orElseThrow(() -> wrong(
                        "--out=" + out + ", expected a name that ends in " + ImageFile.EXPECTED + ", or --format"));
    }

    private DumpOptions options() {
        final boolean allVersions = switch (versions.orElse("counting")) {
            case "counting" -> false;
            case ALL -> true;
            default -> throw wrong("--versions=" + versions.get() + ", expected counting or all");
        };
        final PointTimes times = new PointTimes(Optional.empty(), LocalTime.MIDNIGHT, Optional.empty());
        try {
            return new DumpOptions(
                    pattern, allVersions, knownAt.map(times::parse).orElse(Instants.ALL_KNOWN));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void requirePattern() {
        try {
            SeriesPattern.validate(pattern);
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
