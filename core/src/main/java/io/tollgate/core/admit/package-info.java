/**
 * Admission of points: a point is stamped, checked, refused or staged, then logged and applied.
 *
 * <pre>
 *   ring record ─▶ PointAdmission ─ PointValidator ─┬─ refused ─▶ RefusalAudit, handler
 *                                                     └─ let in ─▶ OperationJournal ─▶ log ─▶ OperationApplier
 *   batch ─▶ BatchWork ─▶ BatchAdmission ─ all points or none ─▶ OperationJournal
 * </pre>
 *
 * <p>Internal. Begin reading at {@code PointAdmission}. Only the writer's thread is here.
 */
package io.tollgate.core.admit;
