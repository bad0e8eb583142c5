/**
 * Answers about one series: metrics of windows, levels, pending points, versions, revisions.
 *
 * <pre>
 *   Engine.newReader() ─▶ MetricReader ─ read(series, window, atNs, reading) ─▶ WindowReading ─ value(Metric)
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.read.MetricReader} and {@link io.tollgate.api.read.Metric}.
 */
@NullMarked
package io.tollgate.api.read;

import org.jspecify.annotations.NullMarked;
