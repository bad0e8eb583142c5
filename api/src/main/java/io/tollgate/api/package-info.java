/**
 * What a program needs to define series, publish points and read metrics; depends on nothing but the JDK.
 *
 * <pre>
 *   Engine ── define ──▶ StepSeries | FlowSeries
 *     │ publisher()                     │
 *     ▼                                 ▼
 *   Publisher.offer(series, validTimeNs, value) ─▶ ticket ─▶ Engine.awaitApplied(ticket)
 *     │ newReader()
 *     ▼
 *   MetricReader.read(series, window, atNs, reading) ─▶ WindowReading.value(metric), status(metric)
 * </pre>
 *
 * <p>Three conventions hold everywhere. Instants are {@code long} nanoseconds since 1970-01-01T00:00Z, negative ones
 * included ({@link io.tollgate.api.Instants} converts). Values are fixed-point decimals: a {@code long} of
 * {@code value x 10^scale} ({@link io.tollgate.api.Decimals} converts). Every answer has a
 * {@link io.tollgate.api.Status}.
 */
package io.tollgate.api;
