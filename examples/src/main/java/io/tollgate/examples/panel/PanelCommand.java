package io.tollgate.examples.panel;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.Decimals;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.MissingPolicy;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.InstantArgument;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointTimes;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.Rejects;
import io.tollgate.examples.points.RoundingArgument;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code panel}: its options, files and exit codes. */
@Command(
        name = "panel",
        sortOptions = false,
        customSynopsis = {
            "tollgate panel --rates FILE --weights FILE --at T1,T2,...",
            "       --metrics simple,weighted,tri,coverage,frequency,hhi,covered,...",
            "       [--missing DROP_AND_RENORMALISE|AS_ZERO|FAIL]",
            "       [--rate-scale 6] [--weight-scale 2] [--rounding UNNECESSARY|HALF_EVEN]",
            "       [--zone ZONE] [--time-of-day 00:00] [--as-known-at TIME]",
            "       [--max-rejects 0] [--out FILE]"
        },
        description = "Weighs many rates together: averages, coverage and concentration of a group, as CSV.",
        footerHeading = "%n",
        footer = {
            "Input: two files of levels, each with a header that names the columns series, time, value and, if wanted,"
                    + " known_at, in any order; then one point a line, in order of arrival. A rate and a weight belong"
                    + " together if they have the same series. Both hold until they are replaced. All else is as of"
                    + " replay.",
            "The members at an instant are the series of the weights with a weight above 0. A measure is in force where"
                    + " the rate is above 0. A rate is missing that has no point yet, or is unknown.",
            "Output: time,metric,value,covered_weight,status; the covered weight is that of the members whose rate is"
                    + " known.",
            "A bad line is refused with its reason and the rest is read.",
            "",
            "Exit codes: 0 done, 1 refused input or failed, 2 wrong usage."
        })
public final class PanelCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int REFUSED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rates",
            required = true,
            paramLabel = "FILE",
            converter = InputFile.Converter.class,
            description = "The rates; standard input if -.")
    private InputFile rates;

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            converter = InputFile.Converter.class,
            description = "The weights; the same.")
    private InputFile weights;

    @Option(
            names = "--at",
            required = true,
            split = ",",
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "Reads the group at these instants, after all input is in.")
    private List<Long> instants;

    @Option(
            names = "--metrics",
            required = true,
            split = ",",
            paramLabel = "METRIC",
            converter = GroupMetricArgument.class,
            description =
                    "Of simple and weighted (averages), tri (trade restrictiveness, the root of the weighted square),"
                            + " coverage (share of the weight with a measure in force), frequency (share of the"
                            + " members), hhi (concentration of the weights, 0 to 1), hhi-points (0 to 10,000),"
                            + " hhi-normalised, effective-number, covered (weight whose rate is known),"
                            + " covered-share.")
    private List<GroupMetric> metrics;

    @Option(
            names = "--missing",
            defaultValue = "DROP_AND_RENORMALISE",
            paramLabel = "POLICY",
            description = "What becomes of a member whose rate is missing. DROP_AND_RENORMALISE: the others count for"
                    + " the whole. AS_ZERO: its rate is 0. FAIL: there is no answer. Default: ${DEFAULT-VALUE}.")
    private MissingPolicy missing;

    @Option(
            names = "--rate-scale",
            defaultValue = "6",
            paramLabel = "DIGITS",
            description =
                    "Digits of a rate behind the decimal point that are kept, 0 to 9. Default:" + " ${DEFAULT-VALUE}.")
    private int rateScale;

    @Option(
            names = "--weight-scale",
            defaultValue = "2",
            paramLabel = "DIGITS",
            description = "Digits of a weight behind the decimal point that are kept, 0 to 9. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int weightScale;

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
            names = "--as-known-at",
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "Reads the group as it was known at this instant: what became known later has no effect. Both"
                    + " files must have the column known_at.")
    private Optional<Long> knownAtNs;

    @Option(
            names = "--max-rejects",
            defaultValue = "0",
            paramLabel = "COUNT",
            description = "With more refused lines in both files than this the exit code is 1. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long maxRejects;

    @Option(names = "--out", paramLabel = "FILE", description = "The answers; standard output if absent or -.")
    private Optional<Path> out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /** Made by picocli. */
    public PanelCommand() {}

    /**
     * Runs the command.
     *
     * @return 0, or 1 if lines were refused beyond the number allowed.
     * @throws IOException           if an input cannot be read or the output cannot be written.
     * @throws RefusedInputException if an input has no header that can be used.
     */
    @Override
    public Integer call() throws IOException, RefusedInputException {
        requireUsable();
        final PrintWriter err = spec.commandLine().getErr();
        final OutputFile outputFile = new OutputFile(out);
        final boolean isShown = outputFile.isFile() && StatusLine.isTerminal();
        try (PointFile ratePoints = openInput(rates);
                PointFile weightPoints = openInput(weights);
                CsvWriter output = outputFile.open(spec.commandLine().getOut());
                Rejects rateRejects = new Rejects(rates, err, Optional.empty());
                Rejects weightRejects = new Rejects(weights, err, Optional.empty())) {
            final Progress rateProgress = new Progress(err, isShown, rates.byteCount(), System::nanoTime);
            final Progress weightProgress = new Progress(err, isShown, weights.byteCount(), System::nanoTime);
            panel().run(
                            new Panel.Input(ratePoints, rateRejects, rateProgress),
                            new Panel.Input(weightPoints, weightRejects, weightProgress),
                            output);
            return exitCode(rateRejects.count() + weightRejects.count(), err);
        }
    }

    private Panel panel() {
        return new Panel(
                rateScale,
                weightScale,
                rounding.mode(),
                new PointTimes(zone, timeOfDay),
                metrics,
                missing,
                instants,
                knownAtNs.orElse(MetricReader.ALL_KNOWN));
    }

    private PointFile openInput(final InputFile file) throws IOException, RefusedInputException {
        final PointFile input = PointFile.open(file);
        if (knownAtNs.isPresent() && !input.columns().hasKnownAt()) {
            input.close();
            throw wrong("--as-known-at with " + file + ", expected a file with the column known_at");
        }
        return input;
    }

    private int exitCode(final long rejectCount, final PrintWriter err) {
        if (rejectCount <= maxRejects) {
            return DONE;
        }
        err.println(rates + " and " + weights + ": refusedLines=" + rejectCount + ", expected at most " + maxRejects
                + " (--max-rejects)");
        return REFUSED;
    }

    private void requireUsable() throws IOException {
        requireAny("--at", instants);
        requireAny("--metrics", metrics);
        requireScale("--rate-scale", rateScale);
        requireScale("--weight-scale", weightScale);
        if (maxRejects < 0) {
            throw wrong("--max-rejects=" + maxRejects + ", expected 0 or more");
        }
        if (rates.isStandardInput() && weights.isStandardInput()) {
            throw wrong("--rates=- and --weights=- are both standard input, expected one of them at most");
        }
        if (out.isPresent()) {
            requireApart("--rates", rates, out.get());
            requireApart("--weights", weights, out.get());
        }
    }

    /** A list of nothing but commas has no element. */
    private void requireAny(final String name, final List<?> list) {
        if (list.isEmpty()) {
            throw wrong(name + " names nothing, expected one at least");
        }
    }

    private void requireScale(final String name, final int scale) {
        if (scale < 0 || scale > Decimals.MAX_SCALE) {
            throw wrong(name + "=" + scale + ", expected 0 to " + Decimals.MAX_SCALE);
        }
    }

    private void requireApart(final String name, final InputFile file, final Path output) throws IOException {
        if (file.isDestroyedBy(output)) {
            throw wrong(name + "=" + file + " and --out=" + output + " are one file, expected two");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
