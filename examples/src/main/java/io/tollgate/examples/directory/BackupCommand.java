package io.tollgate.examples.directory;

import io.tollgate.examples.terminal.ExitCodes;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code backup}. */
@Command(
        name = "backup",
        description = "Copies a data directory: while an engine of another process has it open, after that process was"
                + " killed, or after it was closed. The copy is checked and closed cleanly. The source is"
                + " neither locked nor changed.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:the source is damaged, or the target is not empty or cannot be created",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "The copy contains all operations applied when the command started, and each batch completely or not at"
                    + " all. The command prints the log position of the last operation. The copy is a data"
                    + " directory. To restore it, copy it to its final place: restore BACKUP DIR.",
            "",
            "If the command is interrupted, the copy is incomplete, and cannot be opened. Delete TARGET and run the"
                    + " command again."
        })
public final class BackupCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The directory of the copy: missing or empty, and outside DIR.")
    private Path target;

    /** Called by picocli. */
    public BackupCommand() {}

    @Override
    public void run() {
        new CheckedCopy(directory, target).make(spec.commandLine().getOut());
    }
}
