/**
 * The threads of an engine: how they are run, stepped and stopped, and how a failure is recorded.
 *
 * <pre>
 *   Agent.doWork() ◀─ AgentThread (its own thread, or stepped) ─▶ EngineState: running, stopping, failed
 * </pre>
 *
 * <p>Internal. Begin reading at {@code AgentThread}.
 */
package io.tollgate.core.agent;
