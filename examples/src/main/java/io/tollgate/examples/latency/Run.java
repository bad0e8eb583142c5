package io.tollgate.examples.latency;

/**
 * One contender at one rate.
 *
 * @param percent       of its own maximum.
 * @param sentPerSecond scheduled points a second.
 * @param seenPerSecond points a second that were sent and read.
 * @param latencies     of all points.
 */
record Run(int percent, double sentPerSecond, double seenPerSecond, Latencies latencies) {}
