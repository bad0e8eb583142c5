package io.tollgate.examples.impact;

import io.tollgate.examples.report.ReportOptions;
import io.tollgate.examples.report.SummaryText;
import io.tollgate.examples.report.TextReport;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code impact}: the main job. Single-threaded. */
@Command(
        name = "impact",
        sortOptions = false,
        description = {
            "Feeds the bundled data on US-China tariffs and licences of 2018 to 2026 to an engine. Prints a summary"
                    + " to the terminal, and writes report.html, charts as PNG and SVG, and metrics.csv to a"
                    + " directory."
        },
        exitCodeList = {
            ExitCodes.DONE,
            "  1:a point was refused, or the directory cannot be written",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footer = {
            "",
            "metrics.csv contains the numbers of the tables: section, series, metric, at (UTC), window (length; it"
                    + " ends at 'at'), value (plain decimal, empty if the status has no value), status, unit,"
                    + " source, verified (file, page, cited: a source is named; memory: unverified)."
        })
public final class ImpactCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions reportOptions;

    @Option(names = "--verbose", description = "Prints all tables of the report, about 1200 lines.")
    private boolean isVerbose;

    /** Called by picocli. */
    public ImpactCommand() {}

    @Override
    public Integer call() throws IOException {
        final Path directory = reportOptions.makeDirectory();
        final ImpactStudy study = ImpactStudy.run();
        MetricsFile.write(directory.resolve("metrics.csv"), study.metrics());
        final String text =
                isVerbose ? TextReport.render(study.report()) : SummaryText.render(study.report(), Style.ofOutput());
        reportOptions.write(study.report(), text, "metrics.csv, ");
        final PrintWriter terminal = spec.commandLine().getOut();
        terminal.println();
        terminal.println(study.summary());
        terminal.flush();
        if (!study.refused().isEmpty()) {
            throw new IllegalStateException("refused=" + study.refused() + ", expected no point to be refused");
        }
        return spec.exitCodeOnSuccess();
    }
}
