/**
 * Files of points, which several commands read: {@code series,time,value} and optionally {@code known_at} and
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
