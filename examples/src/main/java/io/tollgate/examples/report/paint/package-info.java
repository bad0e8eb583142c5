/**
 * Draws charts: a painter for each kind of chart, on a canvas that becomes PNG or SVG.
 *
 * <pre>
 *   Chart ─▶ ChartPainter ─ ChartFrame, axes ─▶ Canvas ─┬─ PngCanvas
 *                                                       └─ SvgCanvas
 * </pre>
 *
 * <p>Begin reading at {@code ChartPainter}.
 */
package io.tollgate.examples.report.paint;
