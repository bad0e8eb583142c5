package io.tollgate.bench;

import io.tollgate.bench.charts.ChartsCommand;
import io.tollgate.bench.guard.GuardCommand;
import io.tollgate.bench.peers.PeersCommand;
import io.tollgate.bench.scale.ScaleCommand;
import io.tollgate.bench.targets.TargetsCommand;
import io.tollgate.bench.transfer.TransferCommand;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry point of {@code benchmarks.jar}. The first argument selects a command; without a command the arguments go
 * to JMH, with its allocation profiler always on.
 */
@Command(
        name = "benchmarks",
        subcommands = {
            ChartsCommand.class,
            GuardCommand.class,
            PeersCommand.class,
            ScaleCommand.class,
            TargetsCommand.class,
            TransferCommand.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs a command and ends the JVM with its exit code: 0 done, 1 failed, 2 wrong usage.
     *
     * @param arguments a command and its options, or JMH's arguments.
     * @throws IOException if JMH cannot write its results.
     */
    public static void main(final String... arguments) throws IOException {
        final CommandLine commands = new CommandLine(new Benchmarks());
        if (arguments.length > 0 && commands.getSubcommands().containsKey(arguments[0])) {
            System.exit(commands.execute(arguments));
        }
        org.openjdk.jmh.Main.main(withAllocations(arguments));
    }

    /** Adds the allocation profiler to JMH's arguments unless it is already there. */
    static String[] withAllocations(final String... arguments) {
        final List<String> given = Arrays.asList(arguments);
        final boolean hasProfiler = given.stream().anyMatch(argument -> argument.matches("gc(:.*)?"));
        return hasProfiler || given.contains("-h")
                ? arguments
                : Stream.concat(given.stream(), Stream.of("-prof", "gc")).toArray(String[]::new);
    }
}
