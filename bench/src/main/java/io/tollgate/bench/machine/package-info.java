/**
 * The machine and the JVMs of a measurement: processor, JVM flags, and runs in separate JVMs.
 *
 * <p>Begin reading at {@link io.tollgate.bench.machine.ForkedRun}.
 */
package io.tollgate.bench.machine;
