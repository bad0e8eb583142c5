package io.tollgate.bench.pair;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark in one JVM of its own. Stateless. */
final class ForkRun {
    static {
        // A neighbour's benchmarks are noise like any other, and no reason to refuse.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private ForkRun() {}

    /** The options of a benchmark with its parameters, to be added to. */
    static ChainedOptionsBuilder options(final String method, final Map<String, String> parameters) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(method) + "$")
                .forks(1)
                // Whole invocations: JMH would round the time of an operation down to nanoseconds.
                .operationsPerInvocation(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return options;
    }

    /** Runs it. */
    static RunResult run(final BenchmarkPair pair, final String method, final ChainedOptionsBuilder options) {
        final Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (final RunnerException e) {
            throw new IllegalStateException("pair=" + pair.name() + " benchmark=" + method + " failed", e);
        }
        if (results.size() != 1) {
            throw new IllegalStateException("pair=" + pair.name() + " benchmark=" + method + " runs=" + results.size()
                    + ", expected 1: name one benchmark and all of its parameters");
        }
        return results.iterator().next();
    }
}
