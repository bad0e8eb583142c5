/**
 * Reports on a data directory, as values: its state, damage, losses, opening and size.
 *
 * <pre>
 *   TollgateEngine.opening() ─▶ OpeningReport           DirectoryRecovery.recover ─▶ RecoveryReport ─▶ Damage, Loss
 *   DirectoryInspection ─▶ DirectoryState, SeriesSummary
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.report.RecoveryReport}.
 */
package io.tollgate.core.report;
