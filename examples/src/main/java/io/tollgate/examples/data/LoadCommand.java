package io.tollgate.examples.data;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.data.LoadReport;
import io.tollgate.data.RejectHandler;
import io.tollgate.data.VersionLoad;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.SeriesOptions;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code load}. */
@Command(
        name = "load",
        sortOptions = false,
        customSynopsis = {
            "tollgate load FILE... --dir DIR",
            "       [--rejects FILE] [--max-rejects 0] [--dry-run]",
            "       [--kind STEP|FLOW] [--unit UNIT] [--scale 6] [--duplicates POLICY]"
        },
        description = "Loads files that dump has written, or others with the same columns, into a data directory.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:refused rows or a failure",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "Definitions come from NAME.series.csv beside each file. Without it, they come from the columns kind, unit"
                    + " and scale or, if --kind is given, from the options. A series that the directory has with"
                    + " another definition is refused.",
            "All rows of a series must be together. Within a series they are loaded in the order of known_at, so a"
                    + " series that already has later knowledge refuses them. Loading a dump of all versions into a new"
                    + " directory gives the same dump again.",
            "An image (.image) brings its definitions. Its series must be new to the directory, or without points. The"
                    + " clock mode of a new directory is that of the image.",
            "A refused row is reported with its file, number and reason, and the others are loaded. The last line says"
                    + " how many rows were loaded, repeated known points, and were refused.",
            "With --dry-run the files are loaded into an engine in memory, to check them, and the first rows are shown"
                    + " as understood. DIR is not touched."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int SHOWN_ROWS = 10;
    private static final String KEY = "key";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to read, by their endings.")
    private List<Path> files;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "The data directory, created if absent; no engine may have it open.")
    private Path directory;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "File for refused rows, as CSV with file, row, reason, text.")
    private Optional<Path> rejectsFile;

    @Option(
            names = "--max-rejects",
            defaultValue = "0",
            paramLabel = "COUNT",
            description = "Number of refused rows allowed. With more the exit code is 1. Default: ${DEFAULT-VALUE}.")
    private long maxRejects;

    @Option(names = "--dry-run", description = "Checks the files, and shows their first rows as understood.")
    private boolean isDryRun;

    @Option(names = "--kind", paramLabel = "KIND", description = "Kind of new series: STEP or FLOW.")
    private Optional<SeriesKind> kind;

    @Option(
            names = "--unit",
            defaultValue = "UNDECLARED",
            paramLabel = "UNIT",
            description = "With --kind: unit of new series. Default: ${DEFAULT-VALUE}.")
    private String unit;

    @Option(
            names = "--scale",
            defaultValue = "6",
            paramLabel = "DIGITS",
            description = "With --kind: digits kept after the decimal point, 0 to 9. Default: ${DEFAULT-VALUE}.")
    private int scale;

    @Option(
            names = "--duplicates",
            paramLabel = "POLICY",
            description = "With --kind: policy for a second point at an instant, as in replay.")
    private Optional<DuplicatePolicy> duplicates;

    /** Called by picocli. */
    public LoadCommand() {}

    /**
     * Runs the command.
     *
     * @return 0, or 1 if more rows were refused than allowed.
     * @throws IOException           if a file cannot be read or written.
     * @throws RefusedInputException if a file is in another format, or has other columns.
     */
    @Override
    public Integer call() throws IOException, RefusedInputException {
        for (final Path file : files) {
            if (!ImageFile.isNamed(file) && TableFile.of(file).isEmpty()) {
                throw wrong("file=" + file + ", expected a name that ends in " + ImageFile.EXPECTED);
            }
        }
        final Optional<SeriesDefinition> template = template();
        requireUsable();
        final RefusedLines refused = new RefusedLines(spec.commandLine().getErr());
        try (TollgateEngine engine = TollgateEngine.launch(context());
                LoadRejects rejects = new LoadRejects(refused, rejectsFile)) {
            for (final Path file : files) {
                if (ImageFile.isNamed(file)) {
                    load(engine, new ImageFile(file));
                } else {
                    load(engine, template, TableFile.of(file).orElseThrow(), rejects);
                }
            }
        }
        if (refused.count() > 0) {
            refused.report(refused.summary()
                    + (refused.count() > maxRejects ? ", expected at most " + maxRejects + " (--max-rejects)" : ""));
        }
        return refused.count() > maxRejects ? 1 : 0;
    }

    private EngineContext context() throws IOException, RefusedInputException {
        final EngineContext context = new EngineContext().clockMode(clockMode()).refusalHandler(refusal -> {});
        return isDryRun ? context : context.directory(directory);
    }

    private ClockMode clockMode() throws IOException, RefusedInputException {
        final Optional<Path> image = files.stream().filter(ImageFile::isNamed).findFirst();
        return image.isPresent() ? new ImageFile(image.get()).clockMode() : ClockMode.KNOWLEDGE;
    }

    private void load(final TollgateEngine engine, final ImageFile image) throws IOException, RefusedInputException {
        final Progress progress = progress("bytes", image.path());
        try {
            final long count = image.load(engine, bytes -> progress.reach(bytes, bytes));
            print(image.path(), "series=" + count);
        } finally {
            progress.end();
        }
    }

    private Progress progress(final String items, final Path file) throws IOException {
        return new Progress(
                spec.commandLine().getErr(), StatusLine.isTerminal(), items, Files.size(file), System::nanoTime);
    }

    private void load(
            final TollgateEngine engine,
            final Optional<SeriesDefinition> template,
            final TableFile input,
            final LoadRejects rejects)
            throws IOException, RefusedInputException {
        final TableFile seriesTable = input.seriesFile();
        final Path seriesFile = seriesTable.path();
        final RejectHandler handler = rejects.of(input.path(), seriesFile);
        final VersionLoad load = new VersionLoad(engine, template, handler);
        if (Files.exists(seriesFile)) {
            try (RowReader series = open(seriesTable)) {
                load.define(series);
            } catch (final IllegalArgumentException e) {
                throw new RefusedInputException(seriesFile + ": " + e.getMessage(), e);
            }
        }
        if (isDryRun) {
            show(input);
        }
        final Progress progress = progress("points", input.path());
        try (RowReader versions = open(input)) {
            final LoadReport report = load.load(versions, rows -> progress.reach(rows, versions.byteCount()));
            print(
                    input.path(),
                    "series=" + report.seriesCount() + " rows=" + report.rowCount() + " unchanged="
                            + report.unchangedCount() + " refused=" + report.refusedCount());
        } catch (final FileFormatException e) {
            throw refused(input, e);
        } finally {
            progress.end();
        }
    }

    private static RowReader open(final TableFile file) throws IOException, RefusedInputException {
        try {
            return file.open();
        } catch (final FileFormatException e) {
            throw refused(file, e);
        }
    }

    private static RefusedInputException refused(final TableFile file, final FileFormatException e) {
        return new RefusedInputException(
                file.path() + (e.rowNumber() > 0 ? ":" + e.rowNumber() : "") + ": " + PlainLine.of(e.getMessage()), e);
    }

    private void show(final TableFile input) throws IOException, RefusedInputException {
        final PrintWriter out = spec.commandLine().getOut();
        try (RowReader rows = open(input)) {
            for (int shown = 0; shown < SHOWN_ROWS && rows.next(); shown++) {
                final StringBuilder line = new StringBuilder(input.path() + ":" + rows.rowNumber() + ":");
                for (int i = 0; rows.fault().isEmpty() && i < rows.columns().size(); i++) {
                    line.append(' ').append(rows.columns().get(i)).append('=').append(rows.text(i));
                }
                out.println(PlainLine.of(line.toString()));
            }
        }
    }

    private void print(final Path file, final String counts) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println((isDryRun ? "checked " : "loaded ") + file + ": " + counts);
        out.flush();
    }

    private Optional<SeriesDefinition> template() {
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        SeriesOptions.requireScale(spec, "--scale", scale);
        try {
            final Unit declared = new Unit(unit);
            final SeriesDefinition definition = kind.get() == SeriesKind.STEP
                    ? SeriesDefinition.step(KEY, declared, scale)
                    : SeriesDefinition.flow(KEY, declared, scale);
            return Optional.of(duplicates.map(definition::withDuplicates).orElse(definition));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void requireUsable() {
        if (maxRejects < 0) {
            throw wrong("--max-rejects=" + maxRejects + ", expected 0 or more");
        }
        if (rejectsFile.isPresent() && new OutputFile(rejectsFile).isOfEngine(directory)) {
            throw wrong("--rejects=" + rejectsFile.get() + " belongs to the data directory --dir=" + directory
                    + ", expected a place outside");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
