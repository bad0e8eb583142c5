package io.tollgate.examples.points;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Refuses a list with a double quote that is not closed. Picocli would only warn and then split the list in an
 * unexpected way. For picocli a quote after a backslash is ordinary text that does not close a quote; inside quotes
 * this class refuses it.
 */
public final class ClosedQuotes implements IParameterPreprocessor {
    /** Called by picocli. */
    public ClosedQuotes() {}

    @Override
    public boolean preprocess(
            final Stack<String> arguments,
            final CommandSpec command,
            final ArgSpec option,
            final Map<String, Object> info) {
        final String fault = arguments.isEmpty() ? "" : fault(arguments.peek());
        if (!fault.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    ((OptionSpec) option).longestName() + "=" + arguments.peek() + " has " + fault);
        }
        return false;
    }

    /** Parses a list as picocli does when it splits it. Returns the fault, or empty if both readings agree. */
    private static String fault(final String list) {
        boolean isQuoted = false;
        boolean isEscaped = false;
        for (int i = 0; i < list.length(); i++) {
            final char character = list.charAt(i);
            if (character == '"') {
                if (isEscaped && isQuoted) {
                    return "a backslash before a closing double quote, expected none there";
                }
                isQuoted ^= !isEscaped;
            } else {
                isEscaped = character == '\\' && !isEscaped;
            }
        }
        return isQuoted ? "a double quote that is not closed, expected a second one" : "";
    }
}
