/**
 * The command {@code replay}: any CSV of points through the engine, the rolling metrics out as CSV.
 *
 * <pre>
 *   PointFile ─▶ engine ─ MetricReader ─▶ MetricTable ─▶ CSV
 * </pre>
 */
package io.tollgate.examples.replay;
