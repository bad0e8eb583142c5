/**
 * The calls of a program: definitions, subscriptions, audits, checkpoints, images, close. A call is a command for
 * the writer, or runs on the thread of the caller.
 *
 * <pre>
 *   TollgateEngine.x(...) ─┬─▶ EngineSeries | Subscriber | ... ─▶ CommandInvoker ─▶ EngineCommand ─▶ EngineAgent
 *                          └─▶ CheckpointService: checkpoints and backups, without the writer
 * </pre>
 *
 * <p>Internal. Begin reading at {@code CommandInvoker}.
 */
package io.tollgate.core.control;
