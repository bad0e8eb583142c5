/**
 * Benchmarks of single steps of a point's way, below the API: ring, log, eviction. This package alone may use the
 * internal packages of the engine.
 *
 * <p>Begin reading at {@link io.tollgate.bench.internal.LogAppendBenchmark}.
 */
package io.tollgate.bench.internal;
