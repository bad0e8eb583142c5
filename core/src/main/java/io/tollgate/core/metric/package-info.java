/**
 * Metrics and their status, derived from an exact summary of a window.
 *
 * <pre>
 *   RunSummary ─▶ WindowValues ─┬─ BasicMetrics  metrics of the summary
 *                               └─ PointMetric   metrics that need the points
 * </pre>
 *
 * <p>Internal. Begin reading at {@code WindowValues}.
 */
package io.tollgate.core.metric;
