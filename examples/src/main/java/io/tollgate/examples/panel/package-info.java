/**
 * The command {@code panel}: rates and weights from two files of points, what they come to together out as CSV.
 *
 * <pre>
 *   PointFile of rates ───┐
 *   PointFile of weights ─┴▶ engine ─ PanelReader ─▶ PanelTable ─▶ CSV
 * </pre>
 */
package io.tollgate.examples.panel;
