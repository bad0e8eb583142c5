/**
 * Where series and points live: Chronicle Maps as chains of memory areas with addresses that never move, and on them
 * one record and one tree of points a series.
 *
 * <pre>
 *   key ─ NameMap ─▶ series number ─ RecordChain ─▶ SeriesRecord ─▶ root ─▶ NodeBlock (summaries of 16 children)
 *                                                     │  │ tail              ├─▶ NodeBlock ...
 *                                                     │  └────────┐          └─▶ PointBlock ⇄ PointBlock ⇄ ...
 *                                                     │           ▼                             ▲
 *                                                     │         the last PointBlock ────────────┘
 *                                                     ├─▶ history blocks (versions that no longer count)
 *                                                     └─▶ window set, window states
 * </pre>
 *
 * <p>What is registered by pattern stands in {@link io.tollgate.core.store.Registrations}; a series takes it in with
 * its next point.
 *
 * <p>Nothing else touches Chronicle. {@link io.tollgate.core.store.RecordChain} and
 * {@link io.tollgate.core.store.NameMap} are the door to it; {@link io.tollgate.core.store.SeriesStore} is the door to
 * this package. Each memory area has one descriptor that draws it.
 */
package io.tollgate.core.store;
