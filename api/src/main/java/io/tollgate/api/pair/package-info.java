/**
 * Two series together: covariance, correlation and beta, at one lag or over a range of lags.
 *
 * <pre>
 *   Pair(x, y, Bucket) ─┬─ MetricReader.pair ─▶ PairReading ─ value(PairMetric)
 *                       └─ MetricReader.lags ─▶ LagReading, over a LagRange
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.pair.Pair}.
 */
@NullMarked
package io.tollgate.api.pair;

import org.jspecify.annotations.NullMarked;
