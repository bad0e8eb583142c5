package io.tollgate.examples.latency;

/**
 * One contender at one rate.
 *
 * @param percent       of its own maximum.
 * @param sentPerSecond points that were due a second.
 * @param seenPerSecond points that were sent and read a second, in the end.
 * @param latencies     of all of them.
 */
record Run(int percent, double sentPerSecond, double seenPerSecond, Latencies latencies) {}
