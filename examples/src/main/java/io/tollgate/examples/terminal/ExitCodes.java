package io.tollgate.examples.terminal;

import picocli.CommandLine.Command;

/**
 * The exit codes in the help of every command, as a mixin. A command with a more precise meaning of a code lists all
 * codes itself.
 */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCodes.DONE, ExitCodes.FAILED, ExitCodes.USAGE, ExitCodes.INTERRUPTED, ExitCodes.READER_GONE
        })
public final class ExitCodes {
    /** Success. */
    public static final String DONE = "  0:done";
    /** Any failure. */
    public static final String FAILED = "  1:refused input or failure; standard error has the reason";
    /** Wrong usage. */
    public static final String USAGE = "  2:wrong usage";
    /** The signal INT. */
    public static final String INTERRUPTED = "130:interrupted (Ctrl-C)";
    /** The signal PIPE. */
    public static final String READER_GONE = "141:the reader of the output has closed the pipe";

    /** Called by the command line. */
    public ExitCodes() {}
}
