/**
 * Benchmarks of single steps below the API: ring, log, eviction. No other package of the benchmarks uses internal
 * packages of the engine.
 *
 * <p>Begin reading at {@link io.tollgate.bench.internal.LogAppendBenchmark}.
 */
package io.tollgate.bench.internal;
