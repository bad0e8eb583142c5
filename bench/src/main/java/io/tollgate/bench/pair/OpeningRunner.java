package io.tollgate.bench.pair;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;

/**
 * Measures a pair of which each is done once in a JVM, the first thing that it does, in turns. What that allocates is
 * not counted.
 */
public final class OpeningRunner {
    private final int roundCount;
    private final Fork fork;

    /**
     * A runner.
     *
     * @param roundCount how often benchmark and reference take turns.
     */
    public OpeningRunner(final int roundCount) {
        this(roundCount, ForkRun::run);
    }

    /** A runner that has its benchmarks run by another. */
    OpeningRunner(final int roundCount, final Fork fork) {
        this.roundCount = roundCount;
        this.fork = fork;
    }

    /**
     * Measures a pair in turns.
     *
     * @param pair to measure.
     * @return the result, NaN for what is allocated.
     */
    public PairResult run(final BenchmarkPair pair) {
        final double[] times = new double[roundCount];
        final double[] referenceTimes = new double[roundCount];
        for (int i = 0; i < roundCount; i++) {
            times[i] = time(pair, pair.benchmark(), pair.parameters());
            referenceTimes[i] = time(pair, pair.reference(), pair.referenceParameters());
        }
        return PairResult.of(pair, times, referenceTimes, Double.NaN);
    }

    private double time(final BenchmarkPair pair, final String method, final Map<String, String> parameters) {
        return fork.run(
                        pair,
                        method,
                        ForkRun.options(method, parameters)
                                .mode(Mode.SingleShotTime)
                                .timeUnit(TimeUnit.NANOSECONDS)
                                .warmupIterations(0)
                                .measurementIterations(1))
                .getPrimaryResult()
                .getScore();
    }
}
