/**
 * How an engine runs: its clock, its durability, its statistics, what it refused, checkpoints and backups.
 *
 * <pre>
 *   Engine ─ audit() ─▶ Audit ─▶ Refusal, Lateness      Engine ─ checkpoint(), backup() ─▶ Checkpoint, Backup
 *          ─ statistics() ─▶ EngineStatistics
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.admin.EngineStatistics}. This package uses no other.
 */
@NullMarked
package io.tollgate.api.admin;

import org.jspecify.annotations.NullMarked;
