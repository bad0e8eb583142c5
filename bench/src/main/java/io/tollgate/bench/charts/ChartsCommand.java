package io.tollgate.bench.charts;

import io.tollgate.examples.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code charts} command: draws the charts of {@code bench/README.md}. */
@Command(
        name = "charts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Draws recorded figures: the cost of a tick by workload, and the bytes of a series by its points. Measures"
                    + " nothing."
        })
public final class ChartsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ticks",
            paramLabel = "FILE",
            defaultValue = "bench/results/ticks.csv",
            description = "The cost of a tick in ns, a line a workload: its name, Tollgate, careful and floor, with a"
                    + " comma between two. An empty field was not measured. Default: ${DEFAULT-VALUE}.")
    private Path ticks;

    @Mixin
    private ReportOptions reportOptions;

    /** Called by picocli. */
    public ChartsCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(ticks)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--ticks=" + ticks + ", no such file; run the command in the project directory, or name the file");
        }
        reportOptions.makeDirectory();
        reportOptions.write(ResultCharts.of(Files.readAllLines(ticks)), "");
        return 0;
    }
}
