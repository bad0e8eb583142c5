package io.tollgate.examples.points;

import io.tollgate.api.read.MetricReader;
import java.io.IOException;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands that read files of points take: how numbers, dates and knowledge times are read. */
public final class PointOptions {
    private static final int DONE = 0;
    private static final int REFUSED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /**
     * Reads the instants of an option, in the way in which the times of files are read.
     *
     * @param name  of the option.
     * @param texts as given.
     * @return nanoseconds since the epoch.
     * @throws ParameterException naming the option and the time that cannot be read.
     */
    public List<Long> instants(final String name, final List<String> texts) {
        return converted(name, texts, times()::parse);
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
        return knownAt.map(text -> instants("--as-known-at", List.of(text)).get(0))
                .orElse(MetricReader.ALL_KNOWN);
    }

    /**
     * Refuses a number of lines that none can have.
     *
     * @throws ParameterException naming it.
     */
    public void requireUsable() {
        if (maxRejects < 0) {
            throw wrong("--max-rejects=" + maxRejects + ", expected 0 or more");
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

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
