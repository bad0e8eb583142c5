package io.tollgate.examples.points;

import io.tollgate.api.series.Instants;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that read files of points: the format of the files, and the instants of the answers. */
public final class PointOptions {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final String AT = "--at";
    private static final String EVERY = "--every";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private InputOptions input;

    @Option(
            names = "--at",
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "TIME",
            description = "Instants to read at, after all input is applied.")
    private List<String> instants = List.of();

    @Option(
            names = EVERY,
            paramLabel = "DURATION",
            description = "Reads after all input is applied, at multiples of a duration by the clock of --zone"
                    + " (otherwise UTC), or at the beginning of each month:ZONE, quarter:ZONE or year:ZONE. From the"
                    + " first point (replay: of each series in the input; panel: of both files) to the clock of the"
                    + " engine.")
    private Optional<String> every;

    @Option(
            names = "--rounding",
            defaultValue = "UNNECESSARY",
            paramLabel = "MODE",
            description = "Rounding of digits beyond the scale: UNNECESSARY (refuse the line) or HALF_EVEN."
                    + " Default: ${DEFAULT-VALUE}.")
    private RoundingArgument rounding;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = PointTimes.ZoneConverter.class,
            description = "Time zone of dates, such as America/New_York. Without it dates are refused.")
    private Optional<ZoneId> zone;

    @Option(
            names = "--time-of-day",
            defaultValue = "00:00",
            paramLabel = "HH:MM",
            converter = PointTimes.TimeOfDayConverter.class,
            description = "Time of day at which a date takes effect in the zone. Default: ${DEFAULT-VALUE}.")
    private LocalTime timeOfDay;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            converter = PointTimes.UnitConverter.class,
            description = "Unit of integer times since the epoch: ns, us, ms or s. Without it an integer is"
                    + " refused, unless it is a date such as 20250410.")
    private Optional<TimeUnit> timeUnit;

    @Option(
            names = "--as-known-at",
            paramLabel = "TIME",
            description = "Gives each answer as known at this instant, without points whose known_at is later.")
    private Optional<String> knownAt;

    @Option(
            names = "--max-rejects",
            defaultValue = "0",
            paramLabel = "COUNT",
            description = "Number of refused lines allowed in all files. With more the exit code is 1. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long maxRejects;

    @Option(names = "--out", paramLabel = "FILE", description = "The output file; standard output if absent or -.")
    private Optional<Path> out;

    /** Called by picocli. */
    public PointOptions() {}

    /** {@return the rounding mode for digits beyond the scale} */
    public RoundingMode rounding() {
        return rounding.mode();
    }

    /** {@return the zone of dates, empty if dates are refused} */
    public Optional<ZoneId> zone() {
        return zone;
    }

    /** {@return the format of times, in files and in options} */
    public PointTimes times() {
        return new PointTimes(zone, timeOfDay, timeUnit);
    }

    /** {@return standard output} */
    public PrintWriter standardOutput() {
        return spec.commandLine().getOut();
    }

    /** {@return the form of values in files} */
    public ValueForm values() {
        return input.values();
    }

    /** {@return the output of the answers} */
    public OutputFile out() {
        return new OutputFile(out);
    }

    /** {@return true if instants to read at are given} */
    public boolean hasInstants() {
        return !instants.isEmpty();
    }

    /**
     * Returns the instants to read at, parsed like the times of files.
     *
     * @return nanoseconds since the epoch, empty if none are given.
     * @throws ParameterException if a time cannot be parsed; the message names it.
     */
    public List<Long> instants() {
        return converted(AT, instants, times()::parse);
    }

    /**
     * Returns the grid to read at.
     *
     * @return the instants of the grid, empty if none is given.
     * @throws ParameterException if it cannot be parsed; the message names the option.
     */
    public Optional<Grid> grid() {
        return every.map(given -> converted(EVERY, List.of(given), text -> Grid.of(text, zone.orElse(ZoneOffset.UTC)))
                .get(0));
    }

    /**
     * Converts the values of an option that depend on other options.
     *
     * @param <T>       type of the values.
     * @param name      of the option.
     * @param texts     as given.
     * @param converter refuses a text by an {@link IllegalArgumentException}.
     * @return the values.
     * @throws ParameterException if a text cannot be converted; the message names the option and the text.
     */
    public <T> List<T> converted(final String name, final List<String> texts, final Function<String, T> converter) {
        try {
            return texts.stream().map(converter).toList();
        } catch (final IllegalArgumentException e) {
            throw wrong(name + ": " + e.getMessage());
        }
    }

    /**
     * Returns the knowledge time of the answers.
     *
     * @return nanoseconds since the epoch.
     * @throws ParameterException if the time cannot be parsed.
     */
    public long knownAtNs() {
        return knownAt.map(text -> converted("--as-known-at", List.of(text), times()::parse)
                        .get(0))
                .orElse(Instants.ALL_KNOWN);
    }

    /**
     * Refuses times that cannot be parsed, and a negative limit of refused lines.
     *
     * @throws ParameterException if an option is refused; the message names it.
     */
    public void requireUsable() {
        if (spec.commandLine().getParseResult().hasMatchedOption(AT)) {
            requireAny(AT, instants);
        }
        input.requireUsable();
        instants();
        grid();
        if (every.isPresent() && hasInstants()) {
            throw wrong("--every and --at are both given, expected one of them");
        }
        knownAtNs();
        if (maxRejects < 0) {
            throw wrong("--max-rejects=" + maxRejects + ", expected 0 or more");
        }
    }

    /**
     * Requires instants to read at.
     *
     * @throws ParameterException if none are given.
     */
    public void requireInstants() {
        if (!hasInstants() && every.isEmpty()) {
            throw new MissingParameterException(
                    spec.commandLine(),
                    spec.findOption(AT),
                    "Missing required option: '--at=TIME' or '--every=DURATION'");
        }
    }

    /**
     * Refuses an output that would destroy an input.
     *
     * @param name       of the input's option.
     * @param input      to read.
     * @param outputName of the output's option.
     * @param output     to write.
     * @throws ParameterException if both are the same file; the message names them.
     * @throws IOException        if the attributes of the files cannot be read.
     */
    public void requireApart(final String name, final InputFile input, final String outputName, final OutputFile output)
            throws IOException {
        if (input.isDestroyedBy(output)) {
            throw wrong(name + "=" + input + " and " + outputName + "=" + output + " are the same file, expected"
                    + " two different files");
        }
    }

    /**
     * Refuses a list without elements, such as commas alone.
     *
     * @param name of the option.
     * @param list that was given.
     * @throws ParameterException if the list is empty; the message names the option.
     */
    public void requireAny(final String name, final List<?> list) {
        if (list.isEmpty()) {
            throw wrong(name + " is empty, expected at least one");
        }
    }

    /**
     * Opens a file of points.
     *
     * @param file to read.
     * @return its points.
     * @throws IOException           if the file cannot be read.
     * @throws RefusedInputException if it has no usable header.
     * @throws ParameterException    if knowledge times are requested but the file does not contain them.
     */
    public PointFile open(final InputFile file) throws IOException, RefusedInputException {
        final PointFile opened = PointFile.open(file, input);
        if (knownAt.isPresent() && !opened.columns().hasKnownAt()) {
            opened.close();
            throw wrong("--as-known-at with " + file + ", expected a file with the column known_at");
        }
        return opened;
    }

    /**
     * Opens the output.
     *
     * @param columns of the answers.
     * @return the writer of the answers, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public RowWriter openOutput(final List<Column> columns) throws IOException {
        return out().open(spec.commandLine().getOut(), columns);
    }

    /**
     * Returns the progress of reading a file, shown if the terminal is free.
     *
     * @param file to read.
     * @return the progress, at its start.
     * @throws IOException if the attributes of the file cannot be read.
     */
    public Progress progress(final InputFile file) throws IOException {
        return new Progress(
                spec.commandLine().getErr(), out().leavesTerminalFree(), "points", file.byteCount(), System::nanoTime);
    }

    /** {@return the collected refused lines of all files, initially empty} */
    public RefusedLines refusedLines() {
        return new RefusedLines(spec.commandLine().getErr());
    }

    /**
     * Reports the number of refused lines by reason, if there are any.
     *
     * @param files   that were read.
     * @param refused lines of these files.
     * @return the exit code: 0, or 1 if more lines were refused than allowed.
     */
    public int exitCode(final String files, final RefusedLines refused) {
        final boolean isAllowed = refused.count() <= maxRejects;
        if (refused.count() > 0) {
            final String expected = isAllowed ? "" : ", expected at most " + maxRejects + " (--max-rejects)";
            refused.report(files + ": " + refused.summary() + expected);
        }
        return isAllowed ? DONE : REFUSED;
    }

    /**
     * Creates the exception for wrong usage.
     *
     * @param message the fault and the expected value.
     * @return the exception, to be thrown.
     */
    public ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
