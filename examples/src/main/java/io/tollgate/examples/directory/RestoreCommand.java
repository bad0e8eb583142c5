package io.tollgate.examples.directory;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code restore}: {@code backup} the other way round. */
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
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BACKUP", description = "Made by the command backup.")
    private Path backup;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "The data directory to be: not there, or empty, and not in BACKUP.")
    private Path directory;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /** Made by picocli. */
    public RestoreCommand() {}

    /**
     * Runs the command.
     *
     * @return 0, or 1 if there is something in the directory, or that lies in the backup.
     * @throws IllegalStateException if the backup is no data directory, or damaged, naming what was found.
     */
    @Override
    public Integer call() {
        return new CheckedCopy(backup, directory).make(spec.commandLine());
    }
}
