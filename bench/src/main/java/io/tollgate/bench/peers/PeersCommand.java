package io.tollgate.bench.peers;

import io.tollgate.bench.ForkedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs all peers on all workloads, and prints one table. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What a point costs with other ways to the same numbers, and who is right after an outlier has left.",
            "DuckDB and QuestDB need a build with -Ppeers; who is missing is left out of the table."
        })
public final class PeersCommand implements Callable<Integer> {
    private static final String ROW = "%-8s  %-10s  %9s  %9s  %10s  %s%n";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "floor,careful,deques,engine,duckdb,questdb",
            description = "Some of ${DEFAULT-VALUE}; that is the default.")
    private List<String> peers;

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "W1,W2,W3",
            description = "W1 to W5, or NAME:SERIES. Default: ${DEFAULT-VALUE}.")
    private List<String> workloads;

    @Option(
            names = "--points",
            defaultValue = "5000000",
            description = "Points behind those that fill the windows. Default: ${DEFAULT-VALUE}.")
    private long pointCount;

    @Option(
            names = "--libraries",
            paramLabel = "DIR",
            defaultValue = "bench/target/peers",
            description = "Where the peers' jars are. Default: ${DEFAULT-VALUE}.")
    private Path libraries;

    /** Made by picocli. */
    public PeersCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, ROW, "peer", "workload", "ns/point", "B/point", "sd error", "other metrics");
        out.printf(Locale.ROOT, ROW, "--------", "----------", "---------", "---------", "----------", "-------------");
        for (final String workload : workloads) {
            for (final String peer : peers) {
                run(peer, workload).ifPresent(result -> {
                    final String[] cells = result.split(" ");
                    out.printf(Locale.ROOT, ROW, peer, workload, cells[0], cells[1], cells[2], cells[3]);
                    out.flush();
                });
            }
        }
        return 0;
    }

    /** Runs a peer in a JVM of its own: its result, empty if it has none; why is on standard error. */
    private Optional<String> run(final String peer, final String workload) throws IOException, InterruptedException {
        return ForkedRun.result(
                PeerRun.class, List.of(), libraries + "/*", List.of(peer, workload, Long.toString(pointCount)));
    }
}
