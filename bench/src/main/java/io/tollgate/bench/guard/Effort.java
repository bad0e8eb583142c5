package io.tollgate.bench.guard;

/**
 * How much is measured.
 *
 * @param roundCount       how often benchmark and reference take turns; the median of the ratios counts.
 * @param iterationCount   iterations of a fork that are measured.
 * @param iterationMillis  how long each takes.
 */
public record Effort(int roundCount, int iterationCount, int iterationMillis) {}
