/**
 * Keeps the hot path fast: a {@link Guard} compares each benchmark of it with its reference, measured in turns on the
 * same machine, and fails when the ratio leaves the recorded {@link Band}, or when the benchmark allocates. Absolute
 * times play no part.
 */
package io.tollgate.bench.guard;
