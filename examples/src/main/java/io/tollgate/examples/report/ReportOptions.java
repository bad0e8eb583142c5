package io.tollgate.examples.report;

import io.tollgate.examples.report.model.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of all commands that write a report. */
public final class ReportOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/${COMMAND-NAME}",
            description = "Output directory. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    /** Called by picocli. */
    public ReportOptions() {}

    /**
     * Creates the directory, before the command starts its work.
     *
     * @return the directory.
     * @throws IOException if it is a file, or cannot be created.
     */
    public Path makeDirectory() throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException("out=" + directory + " is a file, expected a directory or an unused name");
        }
        return Files.createDirectories(directory);
    }

    /**
     * Writes a report to the directory, and all its tables and the names of the files to standard output.
     *
     * @param report to write.
     * @param others files that the command has written there, for the list of files before the report.
     * @throws IOException if a file cannot be written.
     */
    public void write(final Report report, final String others) throws IOException {
        write(report, TextReport.render(report), others);
    }

    /**
     * Writes a report to the directory, and a text and the names of the files to standard output.
     *
     * @param report to write.
     * @param text   about the report, for a terminal.
     * @param others files that the command has written there, for the list of files before the report.
     * @throws IOException if a file cannot be written.
     */
    public void write(final Report report, final String text, final String others) throws IOException {
        ReportWriter.write(report, directory);
        final boolean hasCharts =
                report.sections().stream().anyMatch(section -> !section.charts().isEmpty());
        final PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(text);
        terminal.println();
        terminal.println("Written: " + others + (hasCharts ? "charts/*.png, charts/*.svg, " : "") + "and the report");
        terminal.println(directory.resolve("report.html"));
        terminal.flush();
    }
}
