package io.tollgate.bench.latency;

/**
 * One contender at one rate.
 *
 * @param contender       its name.
 * @param percent         of its own maximum.
 * @param pointsPerSecond sent.
 * @param latencies       recorded.
 */
record Run(String contender, int percent, double pointsPerSecond, OpenLoop.Latencies latencies) {}
