/**
 * The command {@code stat}: a {@link io.tollgate.examples.stat.Look} at the counters of a running engine, as a table
 * with rates, in the Prometheus text format, or as JSON.
 */
package io.tollgate.examples.stat;
