/**
 * The command {@code replay}: feeds a CSV file of points to the engine and writes rolling metrics as CSV.
 *
 * <pre>
 *   PointFile ─▶ engine ─ MetricReader ─▶ MetricTable ─▶ CSV
 * </pre>
 */
package io.tollgate.examples.replay;
