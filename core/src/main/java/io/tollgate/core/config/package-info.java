/**
 * The options of an engine that have types of their own, and what its parts read of the options.
 *
 * <pre>
 *   EngineConfiguration (EngineContext: set by the program) ─ conclude ─▶ EngineOptions (read by the engine)
 *     └─ Limits, CheckpointPolicy, OpeningProgress
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.core.config.Limits}.
 */
package io.tollgate.core.config;
