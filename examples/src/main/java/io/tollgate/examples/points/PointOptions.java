package io.tollgate.examples.points;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.series.Instants;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of all commands that read files of points: how these are read, and at which instants answers are given.
 */
public final class PointOptions {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final String AT = "--at";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--at",
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "TIME",
            description = "Reads at these instants, after all input is in.")
    private List<String> instants = List.of();

    @Option(
            names = "--rounding",
            defaultValue = "UNNECESSARY",
            paramLabel = "MODE",
            description = "What to do with digits beyond the scale: UNNECESSARY (refuse the line) or HALF_EVEN."
                    + " Default: ${DEFAULT-VALUE}.")
    private RoundingArgument rounding;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = PointTimes.ZoneConverter.class,
            description = "Whose days dates are, as America/New_York. Without it a date is refused.")
    private Optional<ZoneId> zone;

    @Option(
            names = "--time-of-day",
            defaultValue = "00:00",
            paramLabel = "HH:MM",
            converter = PointTimes.TimeOfDayConverter.class,
            description = "At which a date takes effect in the zone. Default: ${DEFAULT-VALUE}.")
    private LocalTime timeOfDay;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            converter = PointTimes.UnitConverter.class,
            description = "What integers as times count since the epoch: ns, us, ms or s. Without it an integer is"
                    + " refused, unless it is a date as 20250410.")
    private Optional<TimeUnit> timeUnit;

    @Option(
            names = "--as-known-at",
            paramLabel = "TIME",
            description = "Gives each answer as it would have been given at this instant, with nothing that became"
                    + " known later; of the column known_at.")
    private Optional<String> knownAt;

    @Option(
            names = "--max-rejects",
            defaultValue = "0",
            paramLabel = "COUNT",
            description = "With more refused lines than this, of all files, the exit code is 1. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long maxRejects;

    @Option(names = "--out", paramLabel = "FILE", description = "The answers; standard output if absent or -.")
    private Optional<Path> out;

    /** Made by picocli. */
    public PointOptions() {}

    /** {@return what to do with digits beyond the scale} */
    public RoundingMode rounding() {
        return rounding.mode();
    }

    /** {@return whose days dates are, empty if none may be read} */
    public Optional<ZoneId> zone() {
        return zone;
    }

    /** {@return how times are read, in files and in options} */
    public PointTimes times() {
        return new PointTimes(zone, timeOfDay, timeUnit);
    }

    /** {@return where the answers go} */
    public OutputFile out() {
        return new OutputFile(out);
    }

    /** {@return whether instants to read at are given} */
    public boolean hasInstants() {
        return !instants.isEmpty();
    }

    /**
     * The instants to read at, in the way in which the times of files are read.
     *
     * @return nanoseconds since the epoch, none if none are given.
     * @throws ParameterException naming a time that cannot be read.
     */
    public List<Long> instants() {
        return converted(AT, instants, times()::parse);
    }

    /**
     * Reads the values of an option that can be read only if other options are known.
     *
     * @param <T>       type of the values.
     * @param name      of the option.
     * @param texts     as given.
     * @param converter refuses a text by an {@link IllegalArgumentException}.
     * @return the values.
     * @throws ParameterException naming the option and the text that cannot be read.
     */
    public <T> List<T> converted(final String name, final List<String> texts, final Function<String, T> converter) {
        try {
            return texts.stream().map(converter).toList();
        } catch (final IllegalArgumentException e) {
            throw wrong(name + ": " + e.getMessage());
        }
    }

    /**
     * As known at which instant answers are given.
     *
     * @return nanoseconds since the epoch.
     * @throws ParameterException if the time cannot be read.
     */
    public long knownAtNs() {
        return knownAt.map(text -> converted("--as-known-at", List.of(text), times()::parse)
                        .get(0))
                .orElse(Instants.ALL_KNOWN);
    }

    /**
     * Refuses times that cannot be read, and a number of lines that none can have.
     *
     * @throws ParameterException naming it.
     */
    public void requireUsable() {
        if (spec.commandLine().getParseResult().hasMatchedOption(AT)) {
            requireAny(AT, instants);
        }
        instants();
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
        if (!hasInstants()) {
            throw new MissingParameterException(
                    spec.commandLine(), spec.findOption(AT), "Missing required option: '--at=TIME'");
        }
    }

    /**
     * Refuses an output that destroys an input.
     *
     * @param name       of the input's option.
     * @param input      that is read.
     * @param outputName of the output's option.
     * @param output     that is written.
     * @throws ParameterException naming them.
     * @throws IOException        if the files cannot be examined.
     */
    public void requireApart(final String name, final InputFile input, final String outputName, final OutputFile output)
            throws IOException {
        if (input.isDestroyedBy(output)) {
            throw wrong(name + "=" + input + " and " + outputName + "=" + output + " are one file, expected two");
        }
    }

    /**
     * Refuses a list of nothing but commas.
     *
     * @param name of the option.
     * @param list that was given.
     * @throws ParameterException naming it.
     */
    public void requireAny(final String name, final List<?> list) {
        if (list.isEmpty()) {
            throw wrong(name + " names nothing, expected one at least");
        }
    }

    /**
     * Opens a file of points.
     *
     * @param file to be read.
     * @return its points.
     * @throws IOException           if it cannot be read.
     * @throws RefusedInputException if it has no header that can be used.
     * @throws ParameterException    if it says nothing of knowledge times, which are asked for.
     */
    public PointFile open(final InputFile file) throws IOException, RefusedInputException {
        final PointFile input = PointFile.open(file);
        if (knownAt.isPresent() && !input.columns().hasKnownAt()) {
            input.close();
            throw wrong("--as-known-at with " + file + ", expected a file with the column known_at");
        }
        return input;
    }

    /**
     * Opens the output.
     *
     * @return the writer of the answers, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public CsvWriter openOutput() throws IOException {
        return out().open(spec.commandLine().getOut());
    }

    /**
     * The progress through a file, shown if the terminal is free.
     *
     * @param file that is read.
     * @return it, at its start.
     * @throws IOException if the file cannot be examined.
     */
    public Progress progress(final InputFile file) throws IOException {
        return new Progress(
                spec.commandLine().getErr(), out().leavesTerminalFree(), file.byteCount(), System::nanoTime);
    }

    /** {@return the refused lines of all files, none yet} */
    public RefusedLines refusedLines() {
        return new RefusedLines(spec.commandLine().getErr());
    }

    /**
     * Says how many lines were refused for what, if any was.
     *
     * @param files   that were read.
     * @param refused lines of them.
     * @return the exit code: 0, or 1 with more than are allowed.
     */
    public int exitCode(final String files, final RefusedLines refused) {
        final boolean isAllowed = refused.count() <= maxRejects;
        if (refused.count() > 0) {
            final String expected = isAllowed ? "" : ", expected at most " + maxRejects + " (--max-rejects)";
            refused.tell(files + ": " + refused.summary() + expected);
        }
        return isAllowed ? DONE : REFUSED;
    }

    /**
     * Wrong usage, to be thrown.
     *
     * @param message what is wrong, and what is expected.
     * @return the exception.
     */
    public ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
