package io.tollgate.bench.pair;

import java.util.HashMap;
import java.util.Map;

/**
 * A benchmark of the hot path and its reference. Both do the same number of operations in an invocation.
 *
 * @param name                of the pair.
 * @param benchmark           the benchmark method: class and name.
 * @param reference           the reference method: class and name.
 * @param parameters          of the benchmark.
 * @param referenceParameters of the reference; it ignores those it does not have.
 * @param operationCount      operations in one invocation.
 * @param unitCount           points or reads in one invocation, for which allocations are counted. It differs from the
 *                            operation count if an operation is a part of a point or of a read.
 */
public record BenchmarkPair(
        String name,
        String benchmark,
        String reference,
        Map<String, String> parameters,
        Map<String, String> referenceParameters,
        int operationCount,
        int unitCount) {
    /**
     * Copies the parameters.
     *
     * @param name                of the pair.
     * @param benchmark           the benchmark method: class and name.
     * @param reference           the reference method: class and name.
     * @param parameters          of the benchmark.
     * @param referenceParameters of the reference.
     * @param operationCount      operations in one invocation.
     * @param unitCount           points or reads in one invocation.
     */
    public BenchmarkPair {
        parameters = Map.copyOf(parameters);
        referenceParameters = Map.copyOf(referenceParameters);
    }

    /**
     * Creates a pair of two methods with the same parameters.
     *
     * @param name           of the pair.
     * @param benchmark      the benchmark method: class and name.
     * @param reference      the reference method: class and name.
     * @param parameters     of both; each ignores those it does not have.
     * @param operationCount operations in one invocation.
     */
    public BenchmarkPair(
            final String name,
            final String benchmark,
            final String reference,
            final Map<String, String> parameters,
            final int operationCount) {
        this(name, benchmark, reference, parameters, parameters, operationCount, operationCount);
    }

    /**
     * Returns the same pair with another count of points or reads, for operations that are parts of them.
     *
     * @param count points or reads in one invocation.
     * @return the pair.
     */
    public BenchmarkPair allocatingByUnits(final int count) {
        return new BenchmarkPair(name, benchmark, reference, parameters, referenceParameters, operationCount, count);
    }

    /**
     * Returns the same pair with further parameters.
     *
     * @param more parameters of both methods.
     * @return the pair.
     */
    public BenchmarkPair with(final Map<String, String> more) {
        return new BenchmarkPair(
                name,
                benchmark,
                reference,
                union(parameters, more),
                union(referenceParameters, more),
                operationCount,
                unitCount);
    }

    private static Map<String, String> union(final Map<String, String> some, final Map<String, String> more) {
        final Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
