/**
 * Exact arithmetic: sums in integers wide enough never to overflow, and the one conversion of a result to
 * {@code double}.
 *
 * <pre>
 *   point ─▶ RunSummary ─▶ Quotients, ShapeQuotients, ScoreQuotients        one series
 *   pair ──▶ CrossMoments ─▶ CrossQuotients                                 two series
 *   group ─▶ GroupSums ─▶ GroupQuotients                                    many series
 * </pre>
 *
 * <p>Internal. Begin reading at {@code RunSummary}.
 */
package io.tollgate.core.number;
