/**
 * Answers about several series: stacks of rates, ratios of flows, sources side by side, event studies; and the reader
 * of these and of groups.
 *
 * <pre>
 *   Engine.newPanelReader() ─▶ PanelReader ─┬─ Group, Hierarchy ─▶ GroupReading, HierarchyReading
 *                                           ├─ Stack of Layers ──▶ StackReading
 *                                           ├─ FlowRatio ────────▶ RatioReading; PassThrough ─▶ SlopeReading
 *                                           ├─ Comparison ───────▶ ComparisonReading
 *                                           └─ EventStudy ───────▶ EventStudyReading
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.panel.PanelReader}.
 */
@NullMarked
package io.tollgate.api.panel;

import org.jspecify.annotations.NullMarked;
