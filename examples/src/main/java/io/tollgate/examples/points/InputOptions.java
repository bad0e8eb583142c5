package io.tollgate.examples.points;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for files of points in the form of other programs. */
public final class InputOptions {
    private static final Set<String> COLUMNS = Set.of("series", "time", "value", "known_at", "ref");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME=COLUMN",
            description = "Names of the columns in the file, such as series=hs6,time=date,value=rate.")
    private Map<String, String> columns = new HashMap<>();

    @Option(names = "--ignore-other-columns", description = "Accepts files with further columns.")
    private boolean ignoresOthers;

    @Option(
            names = "--delimiter",
            defaultValue = ",",
            paramLabel = "CHAR",
            description = "Character between the fields of CSV, also \\t. Default: ${DEFAULT-VALUE}.")
    private String delimiter;

    @Option(
            names = "--decimal",
            defaultValue = ".",
            paramLabel = "MARK",
            description = "Decimal mark of values: a point or a comma. Default: ${DEFAULT-VALUE}.")
    private String decimal;

    @Option(names = "--percent", description = "Accepts a percent sign after a value, such as 25%%.")
    private boolean isPercent;

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "TEXT=VALUE",
            description = "Values that texts stand for, such as Free=0.")
    private Map<String, String> replaced = new HashMap<>();

    /** Called by picocli. */
    public InputOptions() {}

    /**
     * Returns the names of columns in the file by the names that commands use.
     *
     * @return only those that differ.
     */
    Map<String, String> columns() {
        return columns;
    }

    /** {@return true if further columns are accepted} */
    boolean ignoresOthers() {
        return ignoresOthers;
    }

    /** {@return the character between the fields of CSV} */
    char delimiter() {
        return delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
    }

    /** {@return the form of values} */
    ValueForm values() {
        return new ValueForm(decimal.charAt(0), isPercent, replaced);
    }

    /**
     * Refuses options without a meaning.
     *
     * @throws ParameterException if an option is refused; the message names it.
     */
    void requireUsable() {
        final Optional<String> unknown = columns.keySet().stream()
                .filter(name -> !COLUMNS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw wrong("--columns: " + unknown.get() + "=" + columns.get(unknown.get())
                    + ", expected series, time, value, known_at or ref, with the name of a column");
        }
        if (!delimiter.equals("\\t")
                && (delimiter.length() != 1 || "\"\n\r".contains(delimiter) || delimiter.charAt(0) > 126)) {
            throw wrong("--delimiter=" + delimiter + ", expected one ASCII character other than a quote, or \\t");
        }
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw wrong("--decimal=" + decimal + ", expected . or ,");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
