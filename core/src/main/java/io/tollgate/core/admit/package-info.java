/**
 * Admission of points: each point is stamped, validated, refused or staged, then logged and applied.
 *
 * <pre>
 *   ring record ─▶ PointAdmission ─ PointValidator ─┬─ refused ──▶ RefusalAudit, handler
 *                                                   └─ admitted ─▶ OperationJournal ─▶ log ─▶ OperationApplier
 *   batch ─▶ BatchWork ─▶ BatchAdmission ─ all points or none ─▶ OperationJournal
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PointAdmission}. Only the writer's thread runs here.
 */
package io.tollgate.core.admit;
