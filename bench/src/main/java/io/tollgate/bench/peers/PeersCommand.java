package io.tollgate.bench.peers;

import io.tollgate.bench.machine.ForkedRun;
import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadArgument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code peers} command: runs all peers on all workloads and prints one table. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the cost of a point in several systems, and checks the answers after an outlier has left the"
                    + " windows.",
            "DuckDB and QuestDB need a build with -Ppeers. Missing systems are left out of the table.",
            "Exit codes: 0 done, 1 a system failed, 2 wrong usage."
        })
public final class PeersCommand implements Callable<Integer> {
    private static final String ROW = "%-11s  %-10s  %8s  %8s  %8s  %s%n";
    private static final int COLUMNS = 4;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "floor,careful,deques,engine,engine-read,duckdb,questdb",
            description = "The systems, in any selection. Default: ${DEFAULT-VALUE}.")
    private List<String> peers;

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "W1,W2,W3",
            converter = WorkloadArgument.class,
            description = "W1 to W6, or NAME:SERIES. Default: ${DEFAULT-VALUE}.")
    private List<Workload> workloads;

    @Option(
            names = "--points",
            defaultValue = "5000000",
            description = "Points measured after those that fill the windows. For W2 choose so few that no series"
                    + " fills a block. Default: ${DEFAULT-VALUE}.")
    private long pointCount;

    @Option(
            names = "--libraries",
            paramLabel = "DIR",
            defaultValue = "bench/target/peers",
            description = "Directory of the systems' libraries. Default: ${DEFAULT-VALUE}.")
    private Path libraries;

    /** Called by picocli. */
    public PeersCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireUsable();
        final List<String> here = new ArrayList<>();
        for (final String peer : peers) {
            if (Peers.isHere(peer, libraries)) {
                here.add(peer);
            } else {
                final PrintWriter err = spec.commandLine().getErr();
                err.println("peer=" + peer + " is left out: its libraries are not in "
                        + libraries
                        + "; build with -Ppeers, or name their directory with --libraries");
            }
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, ROW, "peer", "workload", "ns/point", "B/point", "sd error", "after the outlier");
        out.printf(
                Locale.ROOT, ROW, "-----------", "----------", "--------", "--------", "--------", "-----------------");
        out.flush();
        boolean haveAllRun = true;
        for (final Workload workload : workloads) {
            for (final String peer : here) {
                haveAllRun &= run(peer, workload.name());
            }
        }
        return haveAllRun ? 0 : 1;
    }

    private void requireUsable() {
        if (!Peers.NAMES.containsAll(peers)) {
            throw new ParameterException(spec.commandLine(), "--peers=" + peers + ", expected some of " + Peers.NAMES);
        }
        for (final Workload workload : workloads) {
            requireWithinBlocks(workload);
        }
        if (pointCount < 1) {
            throw new ParameterException(spec.commandLine(), "--points=" + pointCount + ", expected 1 or more");
        }
    }

    private void requireWithinBlocks(final Workload workload) {
        final Stretch measured = PeerRun.stretch(workload, pointCount);
        if (measured.isAcrossBlocks()) {
            throw new ParameterException(spec.commandLine(), "--points=" + pointCount + ": " + measured.reason());
        }
    }

    /** Runs a peer in a separate JVM and prints its row. Returns false if it has no result. */
    private boolean run(final String peer, final String workload) throws IOException, InterruptedException {
        final Optional<String> result = ForkedRun.result(
                PeerRun.class, List.of(), libraries + "/*", List.of(peer, workload, Long.toString(pointCount)));
        final String[] cells = result.orElse("- - - failed").split(" ", COLUMNS);
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, ROW, peer, workload, cells[0], cells[1], cells[2], cells[3]);
        out.flush();
        return result.isPresent();
    }
}
