package io.tollgate.examples.panel;

import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.points.ClosedQuotes;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.Rejects;
import io.tollgate.examples.points.SeriesOptions;
import java.io.IOException;
import java.io.PrintWriter;
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
            "tollgate panel --rates FILE --weights FILE",
            "       --at T1,T2,... | --every 1d|month:ZONE",
            "       --metrics simple,weighted,tri,coverage,frequency,hhi,covered,...",
            "       [--missing DROP_AND_RENORMALISE|AS_ZERO|FAIL]",
            "       [--rate-scale 6] [--weight-scale 2] [--rounding UNNECESSARY|HALF_EVEN]",
            "       [--zone ZONE] [--time-of-day 00:00] [--time-unit ns|us|ms|s]",
            "       [--columns series=hs6,time=date,...] [--ignore-other-columns]",
            "       [--delimiter ,] [--decimal .] [--percent] [--map Free=0,...]",
            "       [--as-known-at TIME] [--max-rejects 0] [--dry-run] [--out FILE]"
        },
        description = "Computes weighted metrics of many rates: averages, coverage and concentration of a group, as"
                + " CSV.",
        footerHeading = "%n",
        footer = {
            "Input: two files of levels. Each has a header with the columns series, time, value and optionally"
                    + " known_at, in any order, then one point on each line, in order of arrival. A rate and a"
                    + " weight with the same series belong together. Both are in force until they are replaced. For"
                    + " the other rules see replay.",
            "The members at an instant are the series with a weight above 0. A measure is in force if the rate is"
                    + " above 0. A rate is missing if it has no point yet, or is unknown.",
            "Output: time,metric,value,covered_weight,status. The covered weight is that of the members with a"
                    + " known rate.",
            "A bad line is refused with its reason, and reading continues. Standard error lists the first 100"
                    + " refused lines. At the end it reports the number of refused lines by reason, of negative"
                    + " weights, and of series with rates but no weight."
        })
public final class PanelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rates",
            required = true,
            paramLabel = "FILE",
            description = "The file of rates, or - for standard input.")
    private InputFile rates;

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            description = "The file of weights, or - for standard input.")
    private InputFile weights;

    @Option(
            names = "--metrics",
            required = true,
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "METRIC",
            converter = GroupMetricArgument.class,
            description = "Any of simple and weighted (averages), tri (trade restrictiveness, the root of the weighted"
                    + " mean of squares), coverage (share of the weight with a measure in force), frequency"
                    + " (share of the members with one), hhi (concentration of the weights, 0 to 1),"
                    + " hhi-points (0 to 10000), hhi-normalised, in-force (number of measures),"
                    + " effective-number, exposure (weight x rate), covered (weight with a known rate), covered-share.")
    private List<GroupMetric> metrics;

    @Option(
            names = "--missing",
            defaultValue = "DROP_AND_RENORMALISE",
            paramLabel = "POLICY",
            description = "Policy for members with a missing rate. DROP_AND_RENORMALISE: their weight is"
                    + " distributed to the others. AS_ZERO: their rate is 0. FAIL: there is no answer. Default:"
                    + " ${DEFAULT-VALUE}.")
    private MissingPolicy missing;

    @Option(
            names = "--rate-scale",
            defaultValue = "6",
            paramLabel = "DIGITS",
            description = "Digits of a rate kept after the decimal point, 0 to 9. Default: ${DEFAULT-VALUE}.")
    private int rateScale;

    @Option(
            names = "--weight-scale",
            defaultValue = "2",
            paramLabel = "DIGITS",
            description = "Digits of a weight kept after the decimal point, 0 to 9. Default: ${DEFAULT-VALUE}.")
    private int weightScale;

    @Option(names = "--dry-run", description = "Shows the first lines of both files as understood, and does no more.")
    private boolean isDryRun;

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
        if (isDryRun) {
            show(panel, rates, rateScale);
            show(panel, weights, weightScale);
            return 0;
        }
        final RefusedLines refused = pointOptions.refusedLines();
        try (PointFile ratePoints = pointOptions.open(rates);
                PointFile weightPoints = pointOptions.open(weights);
                RowWriter output = pointOptions.openOutput(PanelTable.COLUMNS);
                Rejects rateRejects = new Rejects(rates, refused, Optional.empty());
                Rejects weightRejects = new Rejects(weights, refused, Optional.empty())) {
            panel.run(
                    new Panel.Input(rates, ratePoints, rateRejects, pointOptions.progress(rates)),
                    new Panel.Input(weights, weightPoints, weightRejects, pointOptions.progress(weights)),
                    output);
            return pointOptions.exitCode(rates + " and " + weights, refused);
        }
    }

    private void show(final Panel panel, final InputFile input, final int scale)
            throws IOException, RefusedInputException {
        final PrintWriter out = pointOptions.standardOutput();
        try (PointFile points = pointOptions.open(input)) {
            out.println(input + ":");
            points.show(panel.format(points.columns(), scale), out);
        }
    }

    private void requireUsable() throws IOException {
        pointOptions.requireUsable();
        pointOptions.requireInstants();
        pointOptions.requireAny("--metrics", metrics);
        SeriesOptions.requireScale(spec, "--rate-scale", rateScale);
        SeriesOptions.requireScale(spec, "--weight-scale", weightScale);
        if (rates.isStandardInput() && weights.isStandardInput()) {
            throw pointOptions.wrong("--rates=- and --weights=- are both standard input, expected at most one of them");
        }
        pointOptions.requireApart("--rates", rates, "--out", pointOptions.out());
        pointOptions.requireApart("--weights", weights, "--out", pointOptions.out());
    }
}
