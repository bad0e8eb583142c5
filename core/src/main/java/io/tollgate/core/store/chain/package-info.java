/**
 * Chains of maps, which translate numbers to addresses. A Chronicle Map does not grow, so the next map of a chain is
 * made in advance.
 *
 * <pre>
 *   number ─▶ RecordChain ─▶ RecordMap 0, 1, 2 ... ─▶ address       key ─▶ NameMap ─▶ number
 *   MapChain ─ Backing ─┬─ AnonymousBacking  memory
 *                       └─ FileBacking       files (ChainFiles)      ChainView: the same files, from outside
 * </pre>
 *
 * <p>Internal. Begin reading at {@code RecordChain}.
 */
package io.tollgate.core.store.chain;
