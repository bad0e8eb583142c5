/**
 * Two series together: covariance, correlation and beta, with a lag or over a range of lags.
 *
 * <pre>
 *   Pair(first, second, Bucket) ─ MetricReader.readPair ─▶ PairReading ─ value(PairMetric)
 *                               ─ MetricReader.readLags ─▶ LagReading, over a LagRange
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.pair.Pair}.
 */
@NullMarked
package io.tollgate.api.pair;

import org.jspecify.annotations.NullMarked;
