/**
 * Files of points, as several commands read them: {@code series,time,value} and, if wanted, {@code known_at} and
 * {@code ref}.
 *
 * <pre>
 *   PointFile ─ CsvLine ─▶ PointFormat ─ PointLine ─▶ PointFeed ─▶ engine
 *       bad line │             │ IllegalArgumentException │ refused
 *                ▼             ▼                          ▼
 *                └──────────▶ Rejects ◀───────────────────┘
 * </pre>
 */
package io.tollgate.examples.points;
