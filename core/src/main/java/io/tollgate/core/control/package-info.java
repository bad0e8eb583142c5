/**
 * The calls of a program, each as work for the writer or beside it: definitions, subscriptions, audits, checkpoints,
 * the end.
 *
 * <pre>
 *   TollgateEngine.x(...) ─▶ EngineSeries | Subscriber | Auditor | ... ─▶ CommandInvoker ─▶ EngineCommand ─▶
 *   EngineAgent
 *                         ─▶ CheckpointService: checkpoints and backups, without the writer
 * </pre>
 *
 * <p>Internal. Begin reading at {@code CommandInvoker}.
 */
package io.tollgate.core.control;
