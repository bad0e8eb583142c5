package io.tollgate.examples.panel;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.examples.points.ClosedQuotes;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.Rejects;
import io.tollgate.examples.points.SeriesOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--rates", required = true, paramLabel = "FILE", description = "The rates; standard input if -.")
    private InputFile rates;

    @Option(names = "--weights", required = true, paramLabel = "FILE", description = "The weights; the same.")
    private InputFile weights;

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

    /** Called by picocli. */
    public PanelCommand() {}

    /**
     * Runs the command.
     *
     * @return 0, or 1 if more lines were refused than allowed.
     * @throws IOException           if an input cannot be read or the output cannot be written.
     * @throws RefusedInputException if an input has no usable header, or has weights for too many series.
     */
    @Override
    public Integer call() throws IOException, RefusedInputException {
        requireUsable();
        final Panel panel = new Panel(rateScale, weightScale, metrics, missing, pointOptions);
        final RefusedLines refused = pointOptions.refusedLines();
        try (PointFile ratePoints = pointOptions.open(rates);
                PointFile weightPoints = pointOptions.open(weights);
                CsvWriter output = pointOptions.openOutput();
                Rejects rateRejects = new Rejects(rates, refused, Optional.empty());
                Rejects weightRejects = new Rejects(weights, refused, Optional.empty())) {
            panel.run(
                    new Panel.Input(rates, ratePoints, rateRejects, pointOptions.progress(rates)),
                    new Panel.Input(weights, weightPoints, weightRejects, pointOptions.progress(weights)),
                    output);
            return pointOptions.exitCode(rates + " and " + weights, refused);
        }
    }

    private void requireUsable() throws IOException {
        pointOptions.requireUsable();
        pointOptions.requireInstants();
        pointOptions.requireAny("--metrics", metrics);
        SeriesOptions.requireScale(spec, "--rate-scale", rateScale);
        SeriesOptions.requireScale(spec, "--weight-scale", weightScale);
        if (rates.isStandardInput() && weights.isStandardInput()) {
            throw pointOptions.wrong("--rates=- and --weights=- are both standard input, expected one of them at most");
        }
        pointOptions.requireApart("--rates", rates, "--out", pointOptions.out());
        pointOptions.requireApart("--weights", weights, "--out", pointOptions.out());
    }
}
