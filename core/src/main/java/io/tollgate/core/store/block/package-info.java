/**
 * The records and blocks of the store. Each has a descriptor with its layout and a flyweight that reads it.
 *
 * <pre>
 *   SeriesRecord (192 bytes a series) ─▶ PointBlock | NodeBlock | HistoryBlock, of six sizes, from BlockStore
 * </pre>
 *
 * <p>Internal. Begin reading at {@code SeriesRecordDescriptor}.
 */
package io.tollgate.core.store.block;
