/**
 * Opens an engine: creates the store and its state from the files of a data directory.
 *
 * <pre>
 *   EngineResources.open ─▶ DirectoryOpening ─┬─ closed cleanly ─▶ seal compared ─▶ store as it is
 *                                             └─ else ─▶ checkpoint copied ─▶ log replayed into it (BatchReplay)
 *   StoreBuilder: the same into another directory, for checkpoints, backups and recoveries
 * </pre>
 *
 * <p>Internal. Begin reading at {@code EngineResources}.
 */
package io.tollgate.core.open;
