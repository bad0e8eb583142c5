package io.tollgate.bench.scale;

import io.tollgate.bench.machine.ForkedRun;
import io.tollgate.examples.report.ReportOptions;
import io.tollgate.examples.report.model.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code scale} command: measures time and memory over the supported range of series and points. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the cost of a point by the number of series and by the points in a series. Writes a table and"
                    + " a page with charts. Engines are filled in memory, from the first point to the last."
        })
public final class ScaleCommand implements Callable<Integer> {
    private static final List<String> FLAGS = List.of("-Xms6g", "-XX:+AlwaysPreTouch");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--series",
            split = ",",
            paramLabel = "COUNT",
            defaultValue = "1000,10000,100000,1000000,10000000",
            description = "Numbers of series, rising. Each series has 8 points. Default: ${DEFAULT-VALUE}.")
    private List<Integer> seriesCounts;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "COUNT",
            defaultValue = "10,100,1000,10000,100000,1000000,10000000",
            description = "Points in a series, rising. The number of series is chosen so that there are 10000000"
                    + " points in total. Default:"
                    + " ${DEFAULT-VALUE}.")
    private List<Integer> pointCounts;

    @Option(
            names = "--total",
            paramLabel = "COUNT",
            defaultValue = "10000000",
            description = "Total points for --points. Default: ${DEFAULT-VALUE}.")
    private int totalCount;

    @Mixin
    private ReportOptions reportOptions;

    /** Called by picocli. */
    public ScaleCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        reportOptions.makeDirectory();
        final List<ExtentResult> bySeries = new ArrayList<>();
        for (final int count : seriesCounts) {
            bySeries.add(measure(new Extent(count, Extent.FEW_POINTS)));
        }
        final List<ExtentResult> byPoints = new ArrayList<>();
        for (final int count : pointCounts) {
            byPoints.add(measure(new Extent(Math.max(1, totalCount / count), count)));
        }
        final Report report = ScaleReport.of(bySeries, byPoints);
        reportOptions.write(report, "");
        return 0;
    }

    private ExtentResult measure(final Extent extent) throws IOException, InterruptedException {
        spec.commandLine().getErr().println(extent);
        final String[] numbers = ForkedRun.result(ExtentRun.class, FLAGS, "", List.of(extent.toString()))
                .orElseThrow(() -> new IOException("extent=" + extent
                        + " was not measured: not enough memory; use fewer series or points, or more memory"))
                .split(" ");
        return new ExtentResult(extent, Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }
}
