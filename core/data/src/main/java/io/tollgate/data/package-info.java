/**
 * Moves all that an engine or a data directory holds to files of other programs, and back.
 *
 * <pre>
 *   Engine, DirectoryView ─▷ SeriesSource ─▶ VersionDump ─▶ RowWriter (table) ─▶ CSV, JSON Lines (text), Arrow (arrow)
 *                            Engine ◀─ VersionLoad ◀─ RowReader (table) ◀────────┘
 * </pre>
 *
 * <p>A file of versions has one row for each version of a point. A second file, always CSV, has one row for each series
 * with its definition and its life. Begin reading at {@link io.tollgate.data.VersionDump}.
 */
@NullMarked
package io.tollgate.data;

import org.jspecify.annotations.NullMarked;
