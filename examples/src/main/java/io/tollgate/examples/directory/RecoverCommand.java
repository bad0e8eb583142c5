package io.tollgate.examples.directory;

import io.tollgate.core.EngineContext;
import io.tollgate.core.directory.DirectoryRecovery;
import io.tollgate.core.report.RecoveryReport;
import io.tollgate.examples.csv.UnwrittenException;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.StatusLine;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code recover}. */
@Command(
        name = "recover",
        description = "Creates a new data directory from the intact parts of another one, which is not changed."
                + " Reports what is lost.",
        exitCodeList = {
            "  0:no acknowledged operation is lost",
            "  1:one is lost, or the directory cannot be recovered",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "Prints the recovery report. Operations at the end of a log that were never acknowledged do not count"
                    + " as lost. If the command is interrupted, delete DST and run it again."
        })
public final class RecoverCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SRC", description = "The data directory to read.")
    private Path source;

    @Parameters(
            index = "1",
            paramLabel = "DST",
            description = "The data directory to write: missing or empty, and outside SRC.")
    private Path target;

    /** Called by picocli. */
    public RecoverCommand() {}

    /**
     * Runs the command.
     *
     * @throws IllegalStateException if an acknowledged operation is lost, or if the directory cannot be recovered.
     */
    @Override
    public void run() {
        final RecoveryReport report = recover();
        final PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(line -> out.println(PlainLine.of(line)));
        if (out.checkError()) {
            throw new UncheckedIOException(new UnwrittenException());
        }
        if (report.isPromiseBroken()) {
            throw new IllegalStateException(source + ": acknowledged operations are lost, see the report");
        }
    }

    private RecoveryReport recover() {
        final StatusLine line = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        try {
            return DirectoryRecovery.recover(
                    new EngineContext().directory(source).openingProgress(new RebuildProgress(line)), target);
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            line.end();
        }
    }
}
