/**
 * Metrics and their status, worked out of an exact summary when somebody asks for them.
 *
 * <pre>
 *   RunSummary ─▶ WindowValues ─┬─ BasicMetrics  what the summary tells
 *                               └─ PointMetric   what needs the points
 * </pre>
 *
 * <p>Internal. Begin reading at {@code WindowValues}.
 */
package io.tollgate.core.metric;
