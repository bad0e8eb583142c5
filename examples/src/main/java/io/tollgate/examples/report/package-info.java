/**
 * Renders the model of a report: a self-contained HTML page, charts as PNG and SVG, and tables for a terminal of 80
 * columns.
 *
 * <pre>
 *   model (Report, Section, Table, Chart) ─┬─ HtmlPage, ReportWriter ─ paint ─▶ HTML, PNG, SVG
 *                                          └─ TextReport ─▶ terminal
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.examples.report.ReportWriter}.
 */
package io.tollgate.examples.report;
