/**
 * The storage of series and points. Each series has one record and one tree of points, in memory areas with fixed
 * addresses.
 *
 * <pre>
 *   key ─ NameMap ─▶ series number ─ RecordChain ─▶ SeriesRecord ─▶ root ─▶ NodeBlock (summaries of 16 children)
 *   (chain)                          (chain)        (block)  │ tail         ├─▶ NodeBlock ...
 *                                                            └─────┐        └─▶ PointBlock ⇄ PointBlock ⇄ ...  (tree)
 *                                                                  ▼                             ▲
 *                                                                the last PointBlock ────────────┘
 *   chronicle ◀ chain ◀ block ◀ tree, registration, seal ◀ store
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesStore}, the entry point to the packages below.
 */
package io.tollgate.core.store;
