/**
 * Reports on a data directory, as values: its state, its damages, what was lost, how it was opened, how much it
 * takes.
 *
 * <pre>
 *   TollgateEngine.opening() ─▶ OpeningReport           DirectoryRecovery.recover ─▶ RecoveryReport ─▶ Damage, Loss
 *   DirectoryInspection ─▶ DirectoryState, SeriesSummary
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.report.RecoveryReport}.
 */
package io.tollgate.core.report;
