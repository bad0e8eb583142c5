package io.tollgate.examples.panel;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Decimals;
import io.tollgate.examples.points.ClosedQuotes;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.Rejects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "       [--zone ZONE] [--time-of-day 00:00] [--time-unit ns|us|ms|s]",
            "       [--as-known-at TIME] [--max-rejects 0] [--out FILE]"
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
            "A bad line is refused with its reason and the rest is read. Standard error lists the first 100 refused"
                    + " lines, and says at the end how many there were of which reason, how many weights are below 0,"
                    + " and how many series have rates and no weight.",
            "",
            "Exit codes: 0 done, 1 refused input or failed, 2 wrong usage."
        })
public final class PanelCommand implements Callable<Integer> {

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
            preprocessor = ClosedQuotes.class,
            paramLabel = "TIME",
            description = "Reads the group at these instants, after all input is in.")
    private List<String> instants;

    @Option(
            names = "--metrics",
            required = true,
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "METRIC",
            converter = GroupMetricArgument.class,
            description =
                    "Of simple and weighted (averages), tri (trade restrictiveness, the root of the weighted square),"
                            + " coverage (share of the weight with a measure in force), frequency (share of the"
                            + " members), hhi (concentration of the weights, 0 to 1), hhi-points (0 to 10000),"
                            + " hhi-normalised, effective-number, in-force (number of measures), exposure"
                            + " (weight x rate),"
                            + " covered (weight whose rate is known), covered-share.")
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

    @Mixin
    private PointOptions pointOptions;

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
     * @throws RefusedInputException if an input has no header that can be used, or weights of too many series.
     */
    @Override
    public Integer call() throws IOException, RefusedInputException {
        requireUsable();
        final Panel panel = panel();
        final PrintWriter err = spec.commandLine().getErr();
        final RefusedLines refused = new RefusedLines(err);
        final OutputFile outputFile = new OutputFile(out);
        final boolean isShown = outputFile.leavesTerminalFree();
        try (PointFile ratePoints = pointOptions.open(rates);
                PointFile weightPoints = pointOptions.open(weights);
                CsvWriter output = outputFile.open(spec.commandLine().getOut());
                Rejects rateRejects = new Rejects(rates, refused, Optional.empty());
                Rejects weightRejects = new Rejects(weights, refused, Optional.empty())) {
            final Progress rateProgress = new Progress(err, isShown, rates.byteCount(), System::nanoTime);
            final Progress weightProgress = new Progress(err, isShown, weights.byteCount(), System::nanoTime);
            panel.run(
                    new Panel.Input(rates, ratePoints, rateRejects, rateProgress),
                    new Panel.Input(weights, weightPoints, weightRejects, weightProgress),
                    output);
            return pointOptions.exitCode(rates + " and " + weights, refused);
        }
    }

    private Panel panel() {
        return new Panel(
                rateScale,
                weightScale,
                pointOptions.rounding(),
                pointOptions.times(),
                metrics,
                missing,
                pointOptions.instants("--at", instants),
                pointOptions.knownAtNs());
    }

    private void requireUsable() throws IOException {
        pointOptions.requireUsable();
        pointOptions.requireAny("--at", instants);
        pointOptions.requireAny("--metrics", metrics);
        requireScale("--rate-scale", rateScale);
        requireScale("--weight-scale", weightScale);
        if (rates.isStandardInput() && weights.isStandardInput()) {
            throw wrong("--rates=- and --weights=- are both standard input, expected one of them at most");
        }
        requireApart("--rates", rates, new OutputFile(out));
        requireApart("--weights", weights, new OutputFile(out));
    }

    private void requireScale(final String name, final int scale) {
        if (scale < 0 || scale > Decimals.MAX_SCALE) {
            throw wrong(name + "=" + scale + ", expected 0 to " + Decimals.MAX_SCALE);
        }
    }

    private void requireApart(final String name, final InputFile file, final OutputFile output) throws IOException {
        if (file.isDestroyedBy(output)) {
            throw wrong(name + "=" + file + " and --out=" + output + " are one file, expected two");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
