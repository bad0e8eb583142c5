/**
 * From what is on the disk to a store with its state: the opening of an engine.
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
