package io.tollgate.bench.pair;

import java.util.Arrays;

/**
 * The result of a pair.
 *
 * @param name                 of the pair.
 * @param ratio                median over all rounds of the benchmark's time divided by the reference's time.
 * @param nanoseconds          time of one operation of the benchmark, the median of all rounds.
 * @param referenceNanoseconds time of one operation of the reference.
 * @param allocatedBytes       bytes that the benchmark allocates in one operation; NaN if they are not counted.
 */
public record PairResult(
        String name, double ratio, double nanoseconds, double referenceNanoseconds, double allocatedBytes) {
    /** A benchmark allocates if it exceeds this many bytes an operation. JMH itself causes a few hundredths. */
    public static final double MOST_ALLOCATED_BYTES = 0.1;

    /**
     * Creates a result from the times of all rounds.
     *
     * @param pair           that was measured.
     * @param times          of one invocation of the benchmark in each round.
     * @param referenceTimes of one invocation of the reference in each round.
     * @param allocatedBytes bytes that the benchmark allocates in one operation.
     */
    static PairResult of(
            final BenchmarkPair pair,
            final double[] times,
            final double[] referenceTimes,
            final double allocatedBytes) {
        final double[] ratios = new double[times.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = times[i] / referenceTimes[i];
        }
        return new PairResult(
                pair.name(),
                median(ratios),
                median(times) / pair.operationCount(),
                median(referenceTimes) / pair.operationCount(),
                allocatedBytes);
    }

    private static double median(final double[] rounds) {
        final double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
