package io.tollgate.bench.pair;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures a pair, each time in a separate JVM.
 *
 * <p>The time of a fork is the median over its short invocations. An invocation that lost the processor to another
 * process therefore has no influence. Benchmark and reference take turns, so slow changes of the machine affect both.
 * Allocations are counted in a fork of their own over a fixed number of units. JMH allocates some kilobytes in each
 * iteration, and that share must not grow on a busy machine. The iteration with the fewest bytes counts: a growing
 * store allocates rarely, but an operation that allocates does so in every iteration.
 */
public final class PairRunner {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int WARMUP_ITERATIONS = 2;
    private static final int ALLOCATION_ITERATIONS = 2;
    private static final int ALLOCATION_UNITS = 1_000_000;

    /** Limit for units that are slow one by one. JMH's own allocations are still only hundredths of a byte each. */
    private static final int MOST_INVOCATIONS = 100_000;

    /** Limit for units with many operations: some seconds. */
    private static final int MOST_OPERATIONS = 300_000_000;

    private static final int WARMUP_SHARE = 10;
    private static final double MEDIAN = 50;

    private final Effort effort;
    private final Fork fork;

    /**
     * Creates a runner with the same effort for each pair.
     *
     * @param effort rounds and iterations of each pair.
     */
    public PairRunner(final Effort effort) {
        this(effort, ForkRun::run);
    }

    /** Creates a runner with its own forks, for tests. */
    PairRunner(final Effort effort, final Fork fork) {
        this.effort = effort;
        this.fork = fork;
    }

    /**
     * Measures a pair in turns.
     *
     * @param pair to measure.
     * @return the result.
     */
    public PairResult run(final BenchmarkPair pair) {
        final double[] times = new double[effort.roundCount()];
        final double[] referenceTimes = new double[effort.roundCount()];
        for (int i = 0; i < times.length; i++) {
            times[i] = medianTime(pair, pair.benchmark(), pair.parameters());
            referenceTimes[i] = medianTime(pair, pair.reference(), pair.referenceParameters());
        }
        return PairResult.of(pair, times, referenceTimes, allocatedBytes(pair));
    }

    private double medianTime(final BenchmarkPair pair, final String method, final Map<String, String> parameters) {
        final ChainedOptionsBuilder options = options(method, parameters)
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .measurementIterations(effort.iterationCount());
        return fork.run(pair, method, options)
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(MEDIAN);
    }

    private double allocatedBytes(final BenchmarkPair pair) {
        final int wanted = Math.min(ALLOCATION_UNITS / pair.unitCount(), MOST_OPERATIONS / pair.operationCount());
        final int invocations = Math.min(MOST_INVOCATIONS, Math.max(WARMUP_SHARE, wanted));
        final ChainedOptionsBuilder options = options(pair.benchmark(), pair.parameters())
                .mode(Mode.SingleShotTime)
                .warmupBatchSize(invocations / WARMUP_SHARE)
                .measurementBatchSize(invocations)
                .measurementIterations(ALLOCATION_ITERATIONS)
                .addProfiler(GCProfiler.class);
        // JMH counts a single shot as one operation, regardless of its invocations.
        final double shot = fork.run(pair, pair.benchmark(), options).getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(PairRunner::allocatedBytes)
                .min()
                .orElseThrow();
        return shot / invocations / pair.unitCount();
    }

    private static double allocatedBytes(final IterationResult iteration) {
        return iteration.getSecondaryResults().get(ALLOCATED).getScore();
    }

    private ChainedOptionsBuilder options(final String method, final Map<String, String> parameters) {
        return ForkRun.options(method, parameters)
                .warmupIterations(WARMUP_ITERATIONS)
                .warmupTime(TimeValue.milliseconds(effort.iterationMillis()))
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()));
    }
}
