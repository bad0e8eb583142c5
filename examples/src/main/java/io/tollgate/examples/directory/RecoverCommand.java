package io.tollgate.examples.directory;

import io.tollgate.core.DirectoryRecovery;
import io.tollgate.core.EngineContext;
import io.tollgate.core.RecoveryReport;
import io.tollgate.examples.csv.CsvOutput;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code recover}. */
@Command(
        name = "recover",
        description = "Recovers a data directory, whatever has become of it: rebuilds what can be rebuilt from the log,"
                + " keeps what is intact, names what is lost, and closes it cleanly.",
        footerHeading = "%n",
        footer = {
            "Prints the recovery report. A log that was damaged is kept in the directory, under damaged-0 and so on. An"
                    + " end of the log that nobody was told of is no loss.",
            "",
            "Exit codes: 0 nothing that was promised is lost, 1 something is lost, or cannot be recovered, 2 wrong"
                    + " usage."
        })
public final class RecoverCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int LOST = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /** Made by picocli. */
    public RecoverCommand() {}

    /**
     * Runs the command.
     *
     * @return 0, or 1 if something that was promised is lost.
     */
    @Override
    public Integer call() {
        final RecoveryReport report = recover();
        if (report.isPromiseBroken()) {
            final PrintWriter err = spec.commandLine().getErr();
            err.println(directory + ": something that was promised is lost, see the report");
            err.flush();
            return LOST;
        }
        return DONE;
    }

    private RecoveryReport recover() {
        final StatusLine line = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        try {
            return DirectoryRecovery.recover(
                    new EngineContext().directory(directory).openingProgress(new RebuildProgress(line)), report -> {
                        line.end();
                        print(report);
                    });
        } finally {
            line.end();
        }
    }

    /** What cannot be written is not told yet: the next recovery is to tell of it. */
    private void print(final RecoveryReport report) {
        final PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(line -> out.println(PlainLine.of(line)));
        if (out.checkError()) {
            throw new UncheckedIOException(new IOException(CsvOutput.UNWRITTEN));
        }
    }
}
