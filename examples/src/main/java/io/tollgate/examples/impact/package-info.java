/**
 * The main job: the US-China tariffs and licences of 2018 to 2026, from bundled data, through the engine, into tables,
 * charts and a file of metrics.
 *
 * <pre>
 *   bundled CSV ─▶ loaders (HeadlineRates, Section301, Hs6Tariffs, ImportWeights, TruceEnd,
 *                           UkLicences, PublishedLicences, MagnetExports)
 *               ─▶ Feed: define, offer, back pressure, await ─▶ Engine
 *   Engine ─▶ Answers: levels and windows at any instant ─▶ chapters (HeadlineChapter, ...)
 *          ─▶ Report (tables, charts) and MetricRows ─▶ terminal, report.html, charts, metrics.csv
 * </pre>
 *
 * <p>Loaders know files and turn their dates into instants; chapters ask the engine and know no file. Every number that
 * the engine can give is read from it.
 */
package io.tollgate.examples.impact;
