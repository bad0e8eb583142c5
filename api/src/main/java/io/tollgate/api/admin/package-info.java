/**
 * The administration of an engine: clock, durability, health, statistics, refusals, checkpoints and backups.
 *
 * <pre>
 *   Engine ─ admin() ─▶ EngineAdmin ─┬─ checkpoint(), backup() ─▶ Checkpoint, Backup
 *                                    ├─ audit() ─▶ Audit ─▶ Refusal, Lateness
 *                                    └─ statistics() ─▶ EngineStatistics
 *          ─ health() ─▶ EngineHealth
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.admin.EngineAdmin}.
 */
@NullMarked
package io.tollgate.api.admin;

import org.jspecify.annotations.NullMarked;
