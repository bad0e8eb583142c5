package io.tollgate.bench.pair;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** Runs one benchmark in one JVM. */
@FunctionalInterface
interface Fork {
    /** Runs the benchmark with its options. */
    RunResult run(BenchmarkPair pair, String method, ChainedOptionsBuilder options);
}
