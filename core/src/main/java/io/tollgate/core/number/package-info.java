/**
 * Exact arithmetic: the summary of a run of points in integers wide enough never to overflow
 * ({@link io.tollgate.core.number.RunSummary}), the sums of pairs ({@link io.tollgate.core.number.CrossMoments}) and of
 * periods cut by a window ({@link io.tollgate.core.number.ProRataSum}), and the one conversion of a result to
 * {@code double}: {@link io.tollgate.core.number.Quotients}, {@link io.tollgate.core.number.ShapeQuotients},
 * {@link io.tollgate.core.number.CrossQuotients} and {@link io.tollgate.core.number.ScoreQuotients}. What a reading says
 * of them in a line: {@link io.tollgate.core.number.ReadingText}.
 */
package io.tollgate.core.number;
