package io.tollgate.examples.stat;

import io.tollgate.examples.csv.UnwrittenException;
import io.tollgate.examples.points.DurationArgument;
import io.tollgate.examples.terminal.LiveText;
import io.tollgate.examples.terminal.StatusLine;
import io.tollgate.examples.terminal.Style;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code stat}. Single-threaded. */
@Command(
        name = "stat",
        sortOptions = false,
        description = "Shows the counters of a running engine of any process, again and again: points and their rates,"
                + " refusals, ring, log, store, checkpoints, queues, errors. Takes no lock and writes no file.",
        footerHeading = "%n",
        footer = {
            "table: for people. On a terminal each look replaces the one before.",
            "prometheus: one look in the text format, for the textfile collector of the node exporter. Write it to"
                    + " another file first and rename that, so that no half file is collected.",
            "json: one object on a line for each look. Instants are text; an integer beyond 2^53 - 1 is text too.",
            "The engine updates its counters every 100 ms."
        })
public final class StatCommand implements Runnable {
    /** The formats of a look. */
    enum Format {
        TABLE,
        PROMETHEUS,
        JSON;

        /** {@return the name on the command line} */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(
            names = "--every",
            defaultValue = "1s",
            paramLabel = "DURATION",
            converter = DurationArgument.class,
            description = "Time between two looks, such as 500ms. Default: ${DEFAULT-VALUE}.")
    private long everyNs;

    @Option(
            names = "--count",
            paramLabel = "COUNT",
            description = "Number of looks. Default: no end; with the format prometheus 1.")
    private Long count;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /** Called by picocli. */
    public StatCommand() {}

    /**
     * Runs the command.
     *
     * @throws IllegalStateException if the directory is not a data directory.
     */
    @Override
    public void run() {
        final OptionalLong looks = looks();
        final PrintWriter out = spec.commandLine().getOut();
        final LiveText screen = new LiveText(out, StatusLine.isOutputTerminal());
        final StatTable table = new StatTable(Style.ofOutput());
        long nextNs = System.nanoTime();
        for (long i = 0; looks.isEmpty() || i < looks.getAsLong(); i++) {
            if (i > 0) {
                nextNs += everyNs;
                rest(nextNs);
            }
            final Look look = Look.at(directory);
            switch (format) {
                case TABLE -> screen.show(table.render(look));
                case PROMETHEUS -> out.print(PrometheusText.render(look));
                default -> out.println(JsonText.render(look));
            }
            if (out.checkError()) {
                throw new UncheckedIOException(new UnwrittenException());
            }
        }
    }

    private OptionalLong looks() {
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count=" + count + ", expected 1 or more");
        }
        if (format != Format.PROMETHEUS) {
            return count == null ? OptionalLong.empty() : OptionalLong.of(count);
        }
        if (count != null && count > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count=" + count + " --format=prometheus, expected 1: the format has each metric once");
        }
        return OptionalLong.of(1);
    }

    private static void rest(final long untilNs) {
        for (long leftNs = untilNs - System.nanoTime(); leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
