/**
 * The engine as a program sees it: define series, offer points, read answers.
 *
 * <pre>
 *   Engine ── define ──▶ StepSeries | FlowSeries
 *     │ publisher()                     │
 *     ▼                                 ▼
 *   Publisher.offer(series, validTimeNs, value) ─▶ ticket ─▶ Engine.awaitApplied(ticket)
 *     │ newReader()
 *     ▼
 *   MetricReader.window(window, metrics) ─▶ WindowReading.read(series, atNs) ─▶ value(metric), status(metric)
 * </pre>
 *
 * <p>A first program needs this package, {@link io.tollgate.api.series} and {@link io.tollgate.api.read}. Begin with
 * {@link io.tollgate.api.Engine}. The API depends only on the JDK.
 *
 * <p>Three conventions hold everywhere. Instants are {@code long} nanoseconds since 1970-01-01T00:00Z, and may be
 * negative; {@link io.tollgate.api.series.Instants} converts them. Values are fixed-point decimals, a {@code long} of
 * {@code value x 10^scale}; {@link io.tollgate.api.series.Decimals} converts them. Every answer has a
 * {@link io.tollgate.api.series.Status}.
 */
@NullMarked
package io.tollgate.api;

import org.jspecify.annotations.NullMarked;
