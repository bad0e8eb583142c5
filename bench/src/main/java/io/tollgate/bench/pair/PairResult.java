package io.tollgate.bench.pair;

import java.util.Arrays;

/**
 * What was measured of a pair.
 *
 * @param name                 of the pair.
 * @param ratio                of the benchmark's time to its reference's, the median of those of all rounds.
 * @param nanoseconds          of the benchmark, for one operation, the median of all rounds.
 * @param referenceNanoseconds of its reference.
 * @param allocatedBytes       of the benchmark, for one operation; NaN where that is not counted.
 */
public record PairResult(
        String name, double ratio, double nanoseconds, double referenceNanoseconds, double allocatedBytes) {
    /** Bytes an operation, above which a benchmark allocates: JMH itself is seen with a few hundredths. */
    public static final double MOST_ALLOCATED_BYTES = 0.1;

    /**
     * Of what was measured in turns.
     *
     * @param pair           that was measured.
     * @param times          of the benchmark, an invocation, a round each.
     * @param referenceTimes of its reference.
     * @param allocatedBytes of the benchmark, for one operation.
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
