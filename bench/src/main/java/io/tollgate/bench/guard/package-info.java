/**
 * Keeps the hot path fast. A {@link Guard} compares each benchmark with its reference, measured in turns on the same
 * machine. It fails if the ratio leaves the recorded {@link Band}, or if the benchmark allocates. Absolute times are
 * not compared.
 */
package io.tollgate.bench.guard;
