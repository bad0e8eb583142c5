package io.tollgate.bench.pair;

import java.util.HashMap;
import java.util.Map;

/**
 * A benchmark of the hot path, and the reference that it is compared with. Both do the same number of operations an
 * invocation.
 *
 * @param name                of the pair.
 * @param benchmark           the method: class and name.
 * @param reference           the method it is compared with.
 * @param parameters          of the benchmark.
 * @param referenceParameters of the reference; who has no such parameter ignores it.
 * @param operationCount      operations of one invocation.
 * @param unitCount           what must not allocate of one invocation: its operations or, where these are parts of
 *                            points or reads, the points or reads.
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
     * @param benchmark           the method: class and name.
     * @param reference           the method it is compared with.
     * @param parameters          of the benchmark.
     * @param referenceParameters of the reference.
     * @param operationCount      operations of one invocation.
     * @param unitCount           what must not allocate of one invocation.
     */
    public BenchmarkPair {
        parameters = Map.copyOf(parameters);
        referenceParameters = Map.copyOf(referenceParameters);
    }

    /**
     * Two methods with the same parameters.
     *
     * @param name           of the pair.
     * @param benchmark      the method: class and name.
     * @param reference      the method it is compared with.
     * @param parameters     of both; who has no such parameter ignores it.
     * @param operationCount operations of one invocation.
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
     * The same where operations are parts of points or reads.
     *
     * @param count points or reads of one invocation.
     * @return the pair.
     */
    public BenchmarkPair allocatingByUnits(final int count) {
        return new BenchmarkPair(name, benchmark, reference, parameters, referenceParameters, operationCount, count);
    }

    /**
     * The same with further parameters.
     *
     * @param more of both.
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
