/**
 * Options of an engine that have their own types, and the view of all options that the engine reads.
 *
 * <pre>
 *   EngineConfiguration (EngineContext: set by the program) ─ conclude ─▶ EngineOptions (read by the engine)
 *     └─ Limits, CheckpointPolicy, OpeningProgress
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.config.Limits}.
 */
package io.tollgate.core.config;
