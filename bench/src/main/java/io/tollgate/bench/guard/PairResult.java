package io.tollgate.bench.guard;

/**
 * What was measured of a pair.
 *
 * @param name           of the pair.
 * @param ratio          of the benchmark's time to its reference's.
 * @param allocatedBytes of the benchmark, for one operation.
 */
public record PairResult(String name, double ratio, double allocatedBytes) {}
