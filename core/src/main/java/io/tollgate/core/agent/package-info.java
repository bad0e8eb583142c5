/**
 * The threads of an engine: how one is run, stepped, stopped, and what happens if it fails.
 *
 * <pre>
 *   Agent.doWork() ◀─ AgentThread (its own thread, or stepped) ─▶ EngineState: running, stopping, failed
 * </pre>
 *
 * <p>Internal. Begin reading at {@code AgentThread}.
 */
package io.tollgate.core.agent;
