/**
 * The machine and the JVMs of a measurement: which processor, which flags, runs in a JVM of their own.
 *
 * <p>Begin reading at {@link io.tollgate.bench.machine.ForkedRun}.
 */
package io.tollgate.bench.machine;
