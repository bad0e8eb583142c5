/**
 * A report, from a plain model to what a person reads: a self-contained HTML page, charts as PNG and SVG, and tables
 * for a terminal of 80 columns.
 *
 * <p>The model is {@link io.tollgate.examples.report.Report}, {@link io.tollgate.examples.report.Section},
 * {@link io.tollgate.examples.report.Table}, {@link io.tollgate.examples.report.StepChart},
 * {@link io.tollgate.examples.report.CurveChart} and
 * {@link io.tollgate.examples.report.BarChart}: immutable records which hold text and numbers and compute nothing.
 * {@link io.tollgate.examples.report.ReportWriter} and {@link io.tollgate.examples.report.TextReport} render them.
 */
package io.tollgate.examples.report;
