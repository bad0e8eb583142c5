/**
 * The duty cycle of the only writer, and the agents beside it.
 *
 * <pre>
 *   ring ─▶ EngineAgent ─▶ admit ─▶ log ─▶ apply ─▶ publish        MaintenanceAgent: maps and segments ahead of need
 *   commands ─▶ CommandQueue ┘                                     DurabilityAgent: forces the log, writes the counters
 *   EngineWriter: the parts of the writer, made                     PanelDuty: watches on panels, once a cycle
 * </pre>
 *
 * <p>Internal. Begin reading at {@code EngineAgent}.
 */
package io.tollgate.core.writer;
