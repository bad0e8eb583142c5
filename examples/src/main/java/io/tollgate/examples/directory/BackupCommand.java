package io.tollgate.examples.directory;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code backup}. */
@Command(
        name = "backup",
        description =
                "Copies a data directory: while an engine of another process has it open, after that was killed, or"
                        + " after it was closed. The copy is checked, and closed cleanly."
                        + " Locks and changes nothing of the source.",
        footerHeading = "%n",
        footer = {
            "The copy holds all that was applied when it was begun, of a batch all or nothing, and says up to which"
                    + " operation of the log. It is a data directory itself."
                    + " To restore a backup, copy it to where it is"
                    + " to live: restore BACKUP DIR.",
            "",
            "If the command is interrupted, the copy is incomplete, and says so when opened: delete TARGET and run"
                    + " the command again.",
            "",
            "Exit codes: 0 done, 1 the source is damaged, or the target is there and not empty, or cannot be made, 2"
                    + " wrong usage."
        })
public final class BackupCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Where the copy is to be: not there, or empty, and not in DIR.")
    private Path target;

    /** Called by picocli. */
    public BackupCommand() {}

    @Override
    public void run() {
        new CheckedCopy(directory, target).make(spec.commandLine().getOut());
    }
}
