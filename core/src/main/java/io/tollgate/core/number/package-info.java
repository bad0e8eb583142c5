/**
 * Exact arithmetic: the summary of a run of points in integers wide enough never to overflow
 * ({@link io.tollgate.core.number.RunSummary}), and the one conversion of a result to {@code double}
 * ({@link io.tollgate.core.number.Quotients}).
 */
package io.tollgate.core.number;
