/**
 * The main job: feeds bundled data on US-China tariffs and licences of 2018 to 2026 to the engine, and writes tables,
 * charts and a file of metrics.
 *
 * <pre>
 *   bundled CSV ─ source ─▶ data (AddOnRate, Section301, UkLicences, ...) ─ Feed ─▶ Engine
 *   Engine ─▶ finding (Answers, MetricRow) ─▶ chapter (HeadlineChapter, ...)
 *          ─▶ Report (tables, charts) and MetricRows ─▶ terminal, report.html, charts, metrics.csv
 * </pre>
 *
 * <p>Begin reading at {@code ImpactStudy}. Every number that the engine can give is read from it.
 */
package io.tollgate.examples.impact;
