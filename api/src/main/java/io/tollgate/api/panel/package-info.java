/**
 * Answers over several series: stacks of rates, ratios of flows, sources side by side and event studies; and the reader
 * of these and of groups.
 *
 * <pre>
 *   Engine.newPanelReader() ─▶ PanelReader ─┬─ Group, Hierarchy ────────▶ GroupReading, EffectReading, HierarchyReading
 *                                           ├─ Stack of Layers ─────────▶ StackReading
 *                                           ├─ FlowRatio ───────────────▶ RatioReading
 *                                           ├─ PassThrough, Elasticity ─▶ SlopeReading
 *                                           ├─ Comparison ──────────────▶ ComparisonReading
 *                                           └─ EventStudy ──────────────▶ EventStudyReading
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.panel.PanelReader}.
 */
@NullMarked
package io.tollgate.api.panel;

import org.jspecify.annotations.NullMarked;
