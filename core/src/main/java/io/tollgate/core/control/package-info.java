/**
 * The calls of a program: definitions, subscriptions, audits, checkpoints, close. Each call is work for the writer or
 * runs beside it.
 *
 * <pre>
 *   TollgateEngine.x(...) ─┬─▶ EngineSeries | Subscriber | ... ─▶ CommandInvoker ─▶ EngineCommand ─▶ EngineAgent
 *                          └─▶ CheckpointService: checkpoints and backups, without the writer
 * </pre>
 *
 * <p>Internal. Begin reading at {@code CommandInvoker}.
 */
package io.tollgate.core.control;
