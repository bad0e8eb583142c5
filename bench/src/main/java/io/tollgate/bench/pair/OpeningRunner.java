package io.tollgate.bench.pair;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;

/**
 * Measures a pair of openings in turns. Each opening is the first action of its own JVM. Allocations are not counted.
 */
public final class OpeningRunner {
    private final int roundCount;
    private final Fork fork;

    /**
     * Creates a runner.
     *
     * @param roundCount number of turns of benchmark and reference.
     */
    public OpeningRunner(final int roundCount) {
        this(roundCount, ForkRun::run);
    }

    /** Creates a runner with its own forks, for tests. */
    OpeningRunner(final int roundCount, final Fork fork) {
        this.roundCount = roundCount;
        this.fork = fork;
    }

    /**
     * Measures a pair in turns.
     *
     * @param pair to measure.
     * @return the result; its allocated bytes are NaN.
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
