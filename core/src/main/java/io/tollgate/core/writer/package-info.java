/**
 * The duty cycle of the single writer, and the background agents.
 *
 * <pre>
 *   ring ─▶ EngineAgent ─▶ admit ─▶ log ─▶ apply ─▶ publish        MaintenanceAgent: maps and segments in advance
 *   commands ─▶ CommandQueue ┘                                     DurabilityAgent: forces the log, writes the counters
 *   EngineWriter: the parts of the writer, made                     PanelDuty: watches on panels, once a cycle
 * </pre>
 *
 * <p>Internal. Begin reading at {@code EngineAgent}.
 */
package io.tollgate.core.writer;
