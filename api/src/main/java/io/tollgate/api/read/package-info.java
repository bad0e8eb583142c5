/**
 * Answers about one series: metrics over windows, levels, pending points, versions, revisions.
 *
 * <pre>
 *   Engine.newReader() ─▶ MetricReader ─ window(window, metrics) ─▶ WindowReading ─ read(series, atNs) ─▶ value(metric)
 * </pre>
 *
 * <p>Begin with {@link io.tollgate.api.read.MetricReader} and {@link io.tollgate.api.read.Metric}.
 */
@NullMarked
package io.tollgate.api.read;

import org.jspecify.annotations.NullMarked;
