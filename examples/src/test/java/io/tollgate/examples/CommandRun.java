package io.tollgate.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a command run inside this JVM.
 *
 * @param exitCode its exit code.
 * @param out      its text on standard output.
 * @param err      its text on standard error.
 */
public record CommandRun(int exitCode, String out, String err) {
    /** Runs a command in a UTF-8 locale. */
    public static CommandRun of(final Object... arguments) {
        return in("UTF-8", arguments);
    }

    /** Runs a command whose standard output refuses all data. */
    public static CommandRun unwritten(final Object... arguments) {
        return run(new FullWriter("No space left on device"), "UTF-8", arguments);
    }

    /** Runs a command whose standard output has no reader. */
    public static CommandRun unread(final Object... arguments) {
        return run(new FullWriter("Broken pipe"), "UTF-8", arguments);
    }

    /** Runs a command whose arguments the JVM has decoded from an encoding. */
    static CommandRun in(final String encoding, final Object... arguments) {
        return run(new StringWriter(), encoding, arguments);
    }

    private static CommandRun run(final Writer out, final String encoding, final Object... arguments) {
        final StringWriter err = new StringWriter();
        final int exitCode = Tollgate.run(
                out,
                new PrintWriter(err),
                encoding,
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new CommandRun(exitCode, out instanceof StringWriter ? out.toString() : "", err.toString());
    }

    /** The lines of standard error. */
    public List<String> errLines() {
        return err.lines().toList();
    }

    /** The lines of standard output. */
    public List<String> outLines() {
        return out.lines().toList();
    }
}
