package io.tollgate.examples.directory;

import io.tollgate.examples.terminal.ExitCodes;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code restore}: copies a backup to a data directory. */
@Command(
        name = "restore",
        description = "Copies a backup to its final place. The copy is checked and closed cleanly. The backup is"
                + " neither locked nor changed.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:the backup is damaged, or the directory is not empty or cannot be created",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {"A backup is a data directory. An engine could also open it in place, but would change it."})
public final class RestoreCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BACKUP", description = "A directory made by the command backup.")
    private Path backup;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "The data directory to create: missing or empty, and outside BACKUP.")
    private Path directory;

    /** Called by picocli. */
    public RestoreCommand() {}

    @Override
    public void run() {
        new CheckedCopy(backup, directory).make(spec.commandLine().getOut());
    }
}
