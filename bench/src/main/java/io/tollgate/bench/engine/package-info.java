/** The engine as something to be measured: opened for a workload, and closed without a trace. */
package io.tollgate.bench.engine;
