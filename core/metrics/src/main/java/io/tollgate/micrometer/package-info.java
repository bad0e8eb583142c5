/**
 * The statistics of an engine as meters of Micrometer.
 *
 * <pre>
 *   Engine ─ statistics, health ─▶ TollgateMetrics ─ counters, gauges ─▶ MeterRegistry ─▶ Prometheus, OTLP, ...
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.micrometer.TollgateMetrics}.
 */
@NullMarked
package io.tollgate.micrometer;

import org.jspecify.annotations.NullMarked;
