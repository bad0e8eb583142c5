/**
 * What the engine costs: the entry point of {@code benchmarks.jar}, which starts the JMH suite, the guard, the latency
 * harness and the comparison with other ways to the same numbers. See the module's README.
 */
package io.tollgate.bench;
