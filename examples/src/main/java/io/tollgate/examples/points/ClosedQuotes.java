package io.tollgate.examples.points;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Refuses a list with a double quote that is not closed: picocli would warn of it, and split the list somehow. */
public final class ClosedQuotes implements IParameterPreprocessor {
    /** Made by picocli. */
    public ClosedQuotes() {}

    @Override
    public boolean preprocess(
            final Stack<String> arguments,
            final CommandSpec command,
            final ArgSpec option,
            final Map<String, Object> info) {
        if (!arguments.isEmpty()
                && arguments.peek().chars().filter(c -> c == '"').count() % 2 != 0) {
            throw new ParameterException(
                    command.commandLine(),
                    ((OptionSpec) option).longestName() + "=" + arguments.peek()
                            + " has a double quote that is not closed, expected a second one");
        }
        return false;
    }
}
