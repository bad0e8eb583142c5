/**
 * The command {@code replay}: any CSV of points through the engine, the rolling metrics out as CSV.
 *
 * <pre>
 *   CsvInput ─ CsvLine ─▶ PointFormat ─ PointLine ─▶ PointFeed ─▶ engine
 *      bad line │             │ IllegalArgumentException │ refused    │ MetricReader
 *               ▼             ▼                          ▼            ▼
 *               └──────────▶ Rejects ◀───────────────────┘        MetricTable ─▶ CSV
 * </pre>
 */
package io.tollgate.examples.replay;
