package io.tollgate.examples.directory;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code restore}: copies a backup to a data directory. */
@Command(
        name = "restore",
        description = "Copies a backup to where it is to live. The copy is checked, and closed cleanly. Locks and"
                + " changes nothing of the backup.",
        footerHeading = "%n",
        footer = {
            "A backup is a data directory itself: an engine could also open it where it is, and would change it.",
            "",
            "Exit codes: 0 done, 1 the backup is damaged, or the directory is there and not empty, or cannot be made, 2"
                    + " wrong usage."
        })
public final class RestoreCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BACKUP", description = "Made by the command backup.")
    private Path backup;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "The data directory to be: not there, or empty, and not in BACKUP.")
    private Path directory;

    /** Called by picocli. */
    public RestoreCommand() {}

    @Override
    public void run() {
        new CheckedCopy(backup, directory).make(spec.commandLine().getOut());
    }
}
