/**
 * The command {@code panel}: reads rates and weights from two files of points, writes metrics of the group as CSV.
 *
 * <pre>
 *   PointFile of rates ───┐
 *   PointFile of weights ─┴▶ engine ─ PanelReader ─▶ PanelTable ─▶ CSV
 * </pre>
 */
package io.tollgate.examples.panel;
