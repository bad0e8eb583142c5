package io.tollgate.examples.directory;

import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code verify}. */
@Command(
        name = "verify",
        description = "Checks a data directory that no engine has open: every byte of its log, and, if it was"
                + " closed cleanly, of its series and points. Does not change the directory.",
        exitCodeList = {
            "  0:sound or needs recovery",
            "  1:damaged or cannot be checked",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "Reports one of: sound; needs recovery (not closed but not damaged; the next opening rebuilds it);"
                    + " damaged, with the place of each damage."
        })
public final class VerifyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    /** Called by picocli. */
    public VerifyCommand() {}

    /**
     * Runs the command.
     *
     * @throws IllegalStateException if the directory is damaged; the message names the first damage.
     */
    @Override
    public void run() {
        final DirectoryCheck check = DirectoryCheck.of(directory);
        final PrintWriter out = spec.commandLine().getOut();
        out.println(PlainLine.of(check.summary()));
        check.damages().forEach(damage -> out.println(PlainLine.of("damaged: " + damage)));
        out.println(directory + ": " + conclusion(check));
        out.flush();
        if (check.state() == DirectoryCheck.State.DAMAGED) {
            throw new IllegalStateException(
                    directory + ": damaged, " + check.damages().get(0));
        }
    }

    private static String conclusion(final DirectoryCheck check) {
        return switch (check.state()) {
            case SOUND -> "sound";
            case NEEDS_RECOVERY -> "needs recovery; not damaged";
            case DAMAGED -> "damaged; damages=" + check.damages().size();
        };
    }
}
