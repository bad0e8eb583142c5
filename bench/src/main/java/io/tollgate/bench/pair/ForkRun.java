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

/** Runs one benchmark in a separate JVM. Stateless. */
final class ForkRun {
    static {
        // JMH otherwise refuses to start while another user runs benchmarks; for this one they are noise like any
        // other.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private ForkRun() {}

    /** Returns options with the benchmark and its parameters, to be extended by the caller. */
    static ChainedOptionsBuilder options(final String method, final Map<String, String> parameters) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(method) + "$")
                .forks(1)
                // An operation is a whole invocation here, because JMH would round the time of one operation down to
                // nanoseconds.
                .operationsPerInvocation(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return options;
    }

    static RunResult run(final BenchmarkPair pair, final String method, final ChainedOptionsBuilder options) {
        final Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (final RunnerException e) {
            throw new IllegalStateException("pair=" + pair.name() + " benchmark=" + method + " failed", e);
        }
        if (results.size() != 1) {
            throw new IllegalStateException("pair=" + pair.name() + " benchmark=" + method + " runs=" + results.size()
                    + ", expected 1: name one benchmark and all its parameters");
        }
        return results.iterator().next();
    }
}
