package io.tollgate.bench.transfer;

import io.tollgate.bench.machine.ForkedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code transfer} command: rates of dump and load, and of the engine that applies the same points. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the rates at which points leave a data directory as files and come back, and the rate at which"
                    + " the engine applies the same points from memory into a directory. Each format is measured in a"
                    + " JVM of its own. The first round warms up, and checks that the same points come back."
                    + " The rates are those of the fastest of the other rounds. The share is the median of the rounds:"
                    + " the rate of the load beside that of an engine that applied the points just before."
        })
public final class TransferCommand implements Callable<Integer> {
    private static final String TITLES = "format   applied rows/s   dumped rows/s   loaded rows/s   load/apply";
    private static final String ROW = "%-7s %,15d %,15d %,15d   %10s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", defaultValue = "2000000", description = "Rows. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--series", defaultValue = "100", description = "Series. Default: ${DEFAULT-VALUE}.")
    private int series;

    @Option(names = "--rounds", defaultValue = "6", description = "Rounds, 2 or more. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--formats",
            split = ",",
            defaultValue = "csv,jsonl,arrow,parquet,image",
            description = "Formats. Default: ${DEFAULT-VALUE}.")
    private List<String> formats;

    /** Called by picocli. */
    public TransferCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 2) {
            throw new ParameterException(spec.commandLine(), "--rounds=" + rounds + ", expected 2 or more");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println(TITLES);
        for (final String format : formats) {
            out.print(row(format));
            out.flush();
        }
        return 0;
    }

    private String row(final String format) throws IOException, InterruptedException {
        final List<String> arguments =
                List.of(format, Integer.toString(series), Integer.toString(rows), Integer.toString(rounds));
        final String[] cells = ForkedRun.result(TransferRun.class, List.of(), "", arguments)
                .orElseThrow(() -> new IOException("format=" + format + " was not measured; its output is above"))
                .split(" ");
        return String.format(Locale.ROOT, ROW, format, rate(cells[0]), rate(cells[1]), rate(cells[2]), cells[3]);
    }

    /** Returns the rows a second, from ns a row. */
    private static long rate(final String ns) {
        return 1_000_000_000L / Math.max(1, Long.parseLong(ns));
    }
}
